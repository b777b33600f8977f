"""Tables of the customers room."""

from huiyin.customers.models.contact import Address, Contact
from huiyin.customers.models.customer import (
    Customer,
    CustomerKind,
    CustomerSource,
    ExternalNumber,
    NumberSeries,
    PartOfDay,
    Tier,
)
from huiyin.customers.models.merge import MergeSuspect, SuspectReason, SuspectState
from huiyin.customers.models.product import InstalledProduct, InstalledState, Product
from huiyin.customers.models.purchase import GivenScore, Purchase, PurchaseLine, PurchaseState

__all__ = [
    "Address",
    "Contact",
    "Customer",
    "CustomerKind",
    "CustomerSource",
    "ExternalNumber",
    "GivenScore",
    "InstalledProduct",
    "InstalledState",
    "MergeSuspect",
    "NumberSeries",
    "PartOfDay",
    "Product",
    "Purchase",
    "PurchaseLine",
    "PurchaseState",
    "SuspectReason",
    "SuspectState",
    "Tier",
]
