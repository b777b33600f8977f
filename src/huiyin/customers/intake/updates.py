"""Brings known customers up to date: given values replace old ones, nothing is erased, contacts are added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from huiyin.customers.intake.drafts import AddressDraft, ContactDraft, CustomerDraft
from huiyin.customers.intake.newcomers import write_addresses, write_contacts, write_external
from huiyin.customers.models import Address, Contact, Customer, ExternalNumber
from huiyin.customers.rules.names import sort_key


class Updates:
    """What would change, found out with four queries; ``write`` does it."""

    def __init__(self, source: str, met: Sequence[tuple[int, CustomerDraft]]) -> None:
        self.source = source
        ids = {pk for pk, _draft in met}
        self.customers = Customer.objects.in_bulk(ids)
        self._contacts = _by_customer(Contact.objects.filter(customer_id__in=ids))
        self._places = _plains(ids)
        self._numbers = set(
            ExternalNumber.objects.filter(customer_id__in=ids, source=source).values_list("number", flat=True)
        )
        self.touched: dict[int, set[str]] = defaultdict(set)
        self.contacts: list[tuple[int, ContactDraft, bool]] = []
        self.filled: dict[int, Contact] = {}
        self.places: list[tuple[int, AddressDraft, bool]] = []
        self.external: list[tuple[int, str]] = []
        self._altered: set[int] = set()
        for pk, draft in met:
            self._compare(pk, draft)

    @property
    def changed(self) -> int:
        """How many customers differ from what came in."""
        return len(self._altered)

    def write(self) -> None:
        """Writes the differences."""
        fields = sorted({name for names in self.touched.values() for name in names})
        if fields:
            Customer.objects.bulk_update([self.customers[pk] for pk in self.touched], fields, batch_size=500)
        if self.filled:
            names = ["name", "position", "email", "wechat"]
            Contact.objects.bulk_update(list(self.filled.values()), names, batch_size=500)
        write_contacts(self.contacts)
        write_addresses(self.places)
        write_external(self.source, self.external)

    def _compare(self, pk: int, draft: CustomerDraft) -> None:
        self._compare_values(pk, draft)
        for contact in draft.contacts:
            self._compare_contact(pk, contact)
        for place in draft.addresses:
            if place.plain not in self._places[pk]:
                self.places.append((pk, place, not self._places[pk]))
                self._places[pk].add(place.plain)
                self._altered.add(pk)
        fresh = [number for number in draft.external if number not in self._numbers]
        self._numbers.update(fresh)
        self.external.extend((pk, number) for number in fresh)
        self._altered.update(pk for _number in fresh)

    def _compare_values(self, pk: int, draft: CustomerDraft) -> None:
        customer = self.customers[pk]
        for name, value in draft.values.items():
            if getattr(customer, name) != value:
                setattr(customer, name, value)
                self.touched[pk].add(name)
        if "name" in self.touched.get(pk, ()):
            customer.sort_key = sort_key(customer.name, person=customer.kind == "person")
            self.touched[pk].add("sort_key")
        if pk in self.touched:
            self._altered.add(pk)

    def _compare_contact(self, pk: int, draft: ContactDraft) -> None:
        """The same phone (else mail, else name) is the same contact: its gaps are filled; else it is one more."""
        found = next((known for known in self._contacts[pk] if _same(known, draft)), None)
        if found is None:
            self.contacts.append((pk, draft, not self._contacts[pk]))
            self._contacts[pk].append(
                Contact(name=draft.name, phone=draft.phone, email=draft.email, wechat=draft.wechat)
            )
            self._altered.add(pk)
            return
        for name in ("name", "position", "email", "wechat"):
            if getattr(draft, name) and not getattr(found, name):
                setattr(found, name, getattr(draft, name))
                self._altered.add(pk)
                if found.pk:
                    self.filled[found.pk] = found


def _same(known: Contact, draft: ContactDraft) -> bool:
    if draft.phone:
        return known.phone == draft.phone
    if draft.email:
        return known.email == draft.email
    return bool(draft.name and known.name == draft.name) or bool(draft.wechat and known.wechat == draft.wechat)


def _by_customer(contacts: Iterable[Contact]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[contact.customer_id].append(contact)
    return found


def _plains(ids: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, plain in Address.objects.filter(customer_id__in=ids).values_list("customer_id", "plain"):
        found[pk].add(plain)
    return found
