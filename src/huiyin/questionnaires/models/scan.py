"""QR codes at places, and who scanned them."""

from __future__ import annotations

from django.db import models
from django.utils.crypto import salted_hmac

from huiyin.customers.public import Product
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Store


class ScanPoint(Recorded):
    """A place where a QR code hangs: a counter, a store, a product. Who scans it answers ``questionnaire`` (a code).

    ``department`` is that of whoever made it: its people see the answers. ``number`` is counted up to make the printed
    code useless, for example after it was spread on the internet.
    """

    name = models.CharField(max_length=60, unique=True)
    questionnaire = models.CharField(max_length=30)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta(Recorded.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def proof(self) -> str:
        """The part of its address that nobody can guess; it is nowhere stored."""
        return salted_hmac("huiyin.questionnaires.scan_point", f"{self.pk}:{self.number}").hexdigest()[:20]


class Scan(models.Model):
    """Somebody scanned a code and began to answer; the subject of the asking that follows."""

    point = models.ForeignKey(ScanPoint, on_delete=models.PROTECT, related_name="scans")
    at = models.DateTimeField()
    device = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["point", "device", "-id"], name="scan_of_device")]

    def __str__(self) -> str:
        return f"scan {self.pk} at {self.point_id}"
