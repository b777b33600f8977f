"""A customer as it comes in, before it is known whether we have it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from huiyin.customers.rules.matching import Newcomer
from huiyin.customers.rules.names import plain_address, plain_name


class ContactDraft(NamedTuple):
    """A person to talk to; ``phone`` in normal form."""

    name: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is any way to reach the person."""
        return bool(self.phone or self.email or self.wechat or self.name)


class AddressDraft(NamedTuple):
    """A place."""

    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    line: str = ""
    postcode: str = ""

    @property
    def plain(self) -> str:
        """The form in which places are compared; without postcode, which people leave out."""
        return plain_address(self.province, self.city, self.district, self.line)

    @property
    def precise(self) -> bool:
        """Whether it says more than the town."""
        return bool(self.line)


@dataclass
class CustomerDraft:
    """``values`` are fields of the model that were given; ``external`` are numbers in the outside system."""

    values: dict[str, Any]
    number: str = ""
    external: list[str] = field(default_factory=list)
    contacts: list[ContactDraft] = field(default_factory=list)
    addresses: list[AddressDraft] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name, if one was given."""
        return str(self.values.get("name", ""))

    @property
    def phones(self) -> list[str]:
        """All phone numbers given."""
        return [contact.phone for contact in self.contacts if contact.phone]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Name and address, as far as both are precise enough to know somebody by."""
        name = plain_name(self.name) if self.addresses else ""
        return [(name, place.plain) for place in self.addresses if name and place.precise]

    @cached_property
    def newcomer(self) -> Newcomer:
        """The draft as the matching rule sees it."""
        return Newcomer(plain_name(self.name), numbered=bool(self.external))


def contact_of(values: Mapping[str, Any], *, name: str = "") -> ContactDraft:
    """The contact in a mapping of values; ``name`` stands in when it names nobody."""
    return ContactDraft(
        name=values.get("contact_name") or name,
        position=values.get("position") or "",
        phone=values.get("phone") or "",
        email=values.get("email") or "",
        wechat=values.get("wechat") or "",
    )


def address_of(values: Mapping[str, Any]) -> AddressDraft:
    """The place in a mapping of values."""
    return AddressDraft(
        country=values.get("country") or "",
        province=values.get("province") or "",
        city=values.get("city") or "",
        district=values.get("district") or "",
        line=values.get("line") or "",
        postcode=values.get("postcode") or "",
    )
