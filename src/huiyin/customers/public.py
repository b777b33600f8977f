"""The door of the customers room."""

from huiyin.customers.actions.record_purchase import Article, record_purchase
from huiyin.customers.actions.register_customer import register_customer
from huiyin.customers.actions.reveal import reveal
from huiyin.customers.actions.take_out import take_out
from huiyin.customers.events import CustomersMerged, MergeUndone, PurchaseRecorded
from huiyin.customers.intake.drafts import AddressDraft, ContactDraft
from huiyin.customers.models import (
    Address,
    Contact,
    Customer,
    InstalledProduct,
    Product,
    Purchase,
    PurchaseLine,
    PurchaseState,
    Tier,
)
from huiyin.customers.money import money
from huiyin.customers.queries.personal import Personal, masked_personal, numbers_of
from huiyin.customers.queries.search import recognise, search_customers
from huiyin.customers.rules.hiding import Hiding
from huiyin.customers.rules.masking import mask_address, mask_email, mask_name, mask_phone
from huiyin.customers.rules.phones import normal_phone
from huiyin.customers.search_slot import Hit, SearchKind
from huiyin.customers.timeline import Entry, Older, Stretch, TimelineKind, behind, timeline

__all__ = [
    "Address",
    "AddressDraft",
    "Article",
    "Contact",
    "ContactDraft",
    "Customer",
    "CustomersMerged",
    "Entry",
    "Hiding",
    "Hit",
    "InstalledProduct",
    "MergeUndone",
    "Older",
    "Personal",
    "Product",
    "Purchase",
    "PurchaseLine",
    "PurchaseRecorded",
    "PurchaseState",
    "SearchKind",
    "Stretch",
    "Tier",
    "TimelineKind",
    "behind",
    "mask_address",
    "mask_email",
    "mask_name",
    "mask_phone",
    "masked_personal",
    "money",
    "normal_phone",
    "numbers_of",
    "recognise",
    "record_purchase",
    "register_customer",
    "reveal",
    "search_customers",
    "take_out",
    "timeline",
]
