"""What was bought, where, when and for how much (CUS-2); and what buyers said about it in other systems."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.customers.models.customer import Customer
from huiyin.customers.models.product import Product
from huiyin.customers.models.visibility import VisiblePurchases
from huiyin.organisation.public import Staff, Store


class PurchaseState(models.TextChoices):
    """Whether the goods came: visits after a purchase look at this."""

    OPEN = "open", _("Under way")
    DONE = "done", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


class Purchase(models.Model):
    """An invoice or order, one of its kind by ``source`` and ``number``.

    ``customer`` is empty when the shop did not note who bought. ``amount`` is the sum of the lines in ``currency``,
    negative for a return. ``digest`` and ``lines_digest`` say what an import read, so that reading the same again
    changes nothing.
    """

    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="purchases", db_index=False
    )  # purchase_of_customer begins with it
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="purchases", db_index=False
    )  # purchase_of_store begins with it
    salesperson = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="sales")
    bought_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    currency = models.CharField(max_length=3, default="CNY")
    is_return = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=PurchaseState.choices, default=PurchaseState.DONE)
    recorded_at = models.DateTimeField()
    digest = models.CharField(max_length=32, blank=True)
    lines_digest = models.CharField(max_length=32, blank=True)

    objects = VisiblePurchases.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="purchase_number_once")]
        indexes = [
            models.Index(
                fields=["customer", "-bought_at", "-id"],
                name="purchase_of_customer",
                condition=models.Q(customer__isnull=False),
            ),
            models.Index(fields=["bought_at", "id"], name="purchase_day"),
            models.Index(fields=["store", "customer"], name="purchase_of_store"),
            models.Index(fields=["number"], name="purchase_number_start", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number


class PurchaseLine(models.Model):
    """One article of a purchase; ``unit_price`` and ``shipping`` in the purchase's currency."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line_no = models.PositiveIntegerField()
    article_code = models.CharField(max_length=80, blank=True)
    description = models.CharField(max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=Decimal(1))
    unit_price = models.DecimalField(max_digits=16, decimal_places=4, default=Decimal(0))
    shipping = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purchase", "line_no"], name="purchase_line_once")]

    def __str__(self) -> str:
        return f"{self.purchase_id}/{self.line_no}"


class GivenScore(models.Model):
    """A score with words that a buyer gave in another system, kept as it came; ``scale_max`` is its best value."""

    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="given_scores")
    purchase = models.ForeignKey(Purchase, null=True, blank=True, on_delete=models.CASCADE, related_name="given_scores")
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=180)
    score = models.DecimalField(max_digits=6, decimal_places=2)
    scale_max = models.PositiveSmallIntegerField(default=5)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="given_score_once")]
        indexes = [models.Index(fields=["customer", "-given_at", "-id"], name="score_of_customer")]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"
