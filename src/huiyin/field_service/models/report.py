"""The service report: a draft until the customer signs, frozen afterwards."""

from __future__ import annotations

from django.db import models

from huiyin.field_service.models.visit import SiteVisit
from huiyin.field_service.rules.words import SIGN_LABELS
from huiyin.foundation.recorded import Recorded


class ServiceReport(Recorded):
    """What was found, done and tested.

    ``signature`` is a PNG, or a JPEG of a photographed paper; ``sheet`` is the report as it was signed and ``digest``
    its SHA-256. Moments are UTC.
    """

    visit = models.OneToOneField(SiteVisit, on_delete=models.CASCADE, related_name="report")
    found = models.TextField(blank=True)
    done = models.TextField(blank=True)
    test = models.TextField(blank=True)
    tested_with_customer = models.BooleanField(default=False)
    cleaned_up = models.BooleanField(default=False)
    handed_over = models.CharField(max_length=300, blank=True)
    advice = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    signed_name = models.CharField(max_length=80, blank=True)
    sign_way = models.CharField(max_length=6, blank=True)
    signature = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(null=True)
    sheet = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"report of {self.visit_id}"

    @property
    def sign_label(self) -> str:
        """How it was signed, as a message id."""
        return SIGN_LABELS.get(self.sign_way, "")
