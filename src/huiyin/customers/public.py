"""The door of the customers room."""

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

__all__ = [
    "Address",
    "Contact",
    "Customer",
    "InstalledProduct",
    "Product",
    "Purchase",
    "PurchaseLine",
    "PurchaseState",
    "Tier",
]
