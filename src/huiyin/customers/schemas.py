"""What the API of the customers room says and takes; personal data is masked on its way out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema


class ContactOut(Schema):
    """A contact, masked."""

    id: int
    name: str
    position: str
    phone: str
    email: str
    wechat: str
    is_primary: bool


class AddressOut(Schema):
    """A place, masked."""

    id: int
    text: str
    postcode: str
    is_primary: bool


class CustomerRow(Schema):
    """A customer in a list."""

    id: int
    number: str
    name: str
    tier: str
    store: str
    phone: str
    bought_at: datetime | None
    do_not_contact: bool


class CustomerOut(Schema):
    """A customer's file."""

    id: int
    number: str
    kind: str
    name: str
    tier: str
    industry: str
    source: str
    cooperation_since: date | None
    home_store_id: int | None
    in_charge_id: int | None
    language: str
    preferred_time: str
    preferred_weekdays: list[int]
    do_not_contact: bool
    do_not_contact_reason: str
    notes: str
    registered_at: datetime
    contacts: list[ContactOut]
    addresses: list[AddressOut]


class ContactIn(Schema):
    """A way to reach somebody."""

    name: str = Field("", max_length=100)
    position: str = Field("", max_length=60)
    phone: str = Field("", max_length=60)
    email: str = Field("", max_length=254)
    wechat: str = Field("", max_length=60)


class AddressIn(Schema):
    """A place."""

    country: str = Field("", max_length=60)
    province: str = Field("", max_length=60)
    city: str = Field("", max_length=60)
    district: str = Field("", max_length=60)
    line: str = Field("", max_length=200)
    postcode: str = Field("", max_length=20)


class CustomerChange(Schema):
    """Fields to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200)
    kind: Literal["person", "company"] | None = None
    tier: Literal["vip", "regular", "potential"] | None = None
    industry: str | None = Field(None, max_length=60)
    source: Literal["", "referral", "exhibition", "online", "existing", "other"] | None = None
    cooperation_since: date | None = None
    home_store_id: int | None = Field(None, ge=1, lt=2**63)
    in_charge_id: int | None = Field(None, ge=1, lt=2**63)
    language: Literal["zh-hans", "en"] | None = None
    preferred_time: Literal["any", "morning", "afternoon"] | None = None
    preferred_weekdays: list[int] | None = Field(None, max_length=7)
    do_not_contact: bool | None = None
    do_not_contact_reason: str | None = Field(None, max_length=200)
    notes: str | None = Field(None, max_length=5000)


class CustomerIn(CustomerChange):
    """A new file. ``external_numbers`` are the customer's numbers in the system ``external_source``."""

    name: str = Field(..., min_length=1, max_length=200)
    contacts: list[ContactIn] = Field(default_factory=list, max_length=20)
    addresses: list[AddressIn] = Field(default_factory=list, max_length=20)
    external_source: str = Field("huiyin", min_length=1, max_length=40)
    external_numbers: list[str] = Field(default_factory=list, max_length=20)


class RevealIn(Schema):
    """Which value is needed in full, and why."""

    field: Literal["phone", "email", "wechat", "address"]
    reason: str = Field(..., min_length=1, max_length=200)
    item_id: int | None = Field(None, ge=1, lt=2**63)


class RevealOut(Schema):
    """The value in full; the look is on record."""

    value: str


class ArticleIn(Schema):
    """One line of a purchase."""

    description: str = Field("", max_length=300)
    quantity: Decimal = Field(Decimal(1), gt=0, lt=10**6, decimal_places=3)
    unit_price: Decimal = Field(Decimal(0), ge=0, lt=10**9, decimal_places=4)
    article_code: str = Field("", max_length=80)
    product_id: int | None = Field(None, ge=1, lt=2**63)
    serial: str = Field("", max_length=80)


class PurchaseIn(Schema):
    """A purchase; without a number one is given."""

    bought_at: datetime
    articles: list[ArticleIn] = Field(..., min_length=1, max_length=200)
    number: str = Field("", max_length=80)
    source: str = Field("huiyin", min_length=1, max_length=40)
    store_id: int | None = Field(None, ge=1, lt=2**63)
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")
    is_return: bool = False


class LineOut(Schema):
    """One line of a purchase."""

    line_no: int
    article_code: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    product_id: int | None


class PurchaseOut(Schema):
    """A purchase; ``customer_id`` is null when the shop did not note who bought."""

    id: int
    customer_id: int | None
    source: str
    number: str
    store_id: int | None
    bought_at: datetime
    amount: Decimal
    currency: str
    is_return: bool
    state: str


class PurchaseWithLines(PurchaseOut):
    """A purchase with its lines."""

    lines: list[LineOut]


class EntryOut(Schema):
    """One thing on the timeline."""

    at: datetime
    kind: str
    id: int
    title: str
    text: str
    who: str


class TimelineOut(Schema):
    """A stretch of the timeline, newest first."""

    items: list[EntryOut]
    next: str | None
