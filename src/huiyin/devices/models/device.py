"""Codes on devices and receipts, machines that report, and what they reported."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.crypto import salted_hmac

from huiyin.customers.public import InstalledProduct, Product
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff, Store


class DeviceLabel(Recorded):
    """A code that sticks on a device or stands on a receipt. ``installed`` is the device at its customer, where there
    is one. ``number`` is counted up to make the printed code useless."""

    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    installed = models.ForeignKey(InstalledProduct, null=True, on_delete=models.SET_NULL, related_name="+")
    product_name = models.CharField(max_length=120, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="device_label_newest"),
            models.Index(fields=["serial"], name="device_label_serial", condition=~models.Q(serial="")),
        ]

    def __str__(self) -> str:
        return f"label {self.pk}"

    @property
    def proof(self) -> str:
        """The part of its address that nobody can guess; it is nowhere stored."""
        return salted_hmac("huiyin.devices.label", f"{self.pk}:{self.number}").hexdigest()[:20]

    @property
    def called(self) -> str:
        """What the device is."""
        return self.product.name if self.product else self.product_name


class DeviceSource(Recorded):
    """Who pushes reports of devices to us. ``secret`` names where the shared secret is kept; ``rules`` (one a line)
    say which readings open a case; ``again_hours`` for how long the same device opens no second one."""

    name = models.CharField(max_length=60, unique=True)
    secret = models.CharField(max_length=120)
    rules = models.TextField(blank=True)
    window_seconds = models.PositiveIntegerField(default=300)
    again_hours = models.PositiveIntegerField(default=24)
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def window(self) -> timedelta:
        """How far the time stamp of a push may be from now."""
        return timedelta(seconds=self.window_seconds)


class DeviceEvent(models.Model):
    """One report, kept once. ``rule`` is the line that held; ``case`` what it opened, or stood open already."""

    source = models.ForeignKey(DeviceSource, on_delete=models.PROTECT, related_name="events")
    event_id = models.CharField(max_length=80)
    serial = models.CharField(max_length=80)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    readings = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    rule = models.CharField(max_length=300, blank=True)
    installed = models.ForeignKey(InstalledProduct, null=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "event_id"], name="device_event_once")]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="device_event_newest"),
            models.Index(fields=["serial", "-received_at"], name="device_event_serial"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.event_id}"
