"""What the company sells and what stands at the customers' (CUS-2)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.customers.models.customer import Customer
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Store


class Product(models.Model):
    """A product by model and version; ``warranty_months`` 0 means none."""

    model = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    brand = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=80, blank=True)
    warranty_months = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "version"], name="product_model_once")]
        indexes = [models.Index(fields=["category", "model"], name="product_category")]

    def __str__(self) -> str:
        return self.name


class InstalledState(models.TextChoices):
    """What became of a device."""

    IN_USE = "in_use", _("In use")
    RETURNED = "returned", _("Returned")
    REPLACED = "replaced", _("Replaced")


class InstalledProduct(Recorded):
    """One device at a customer: serial number, the day it was bought, and the last day of its warranty."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="installed")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="installed")
    purchase = models.ForeignKey(
        "customers.Purchase", null=True, blank=True, on_delete=models.SET_NULL, related_name="installed"
    )
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="installed")
    serial = models.CharField(max_length=80, blank=True)
    bought_on = models.DateField(null=True, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=InstalledState.choices, default=InstalledState.IN_USE)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["product", "serial"], condition=~models.Q(serial=""), name="installed_serial_once"
            )
        ]
        indexes = [GinIndex(fields=["serial"], name="installed_serial_part", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.serial or f"installed {self.pk}"
