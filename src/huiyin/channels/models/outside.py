"""People outside who write on a platform, and what a platform's pushes say of our address there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.channels.models.staff import StaffAccount
from huiyin.channels.rules.callbacks.masking import mask_outside
from huiyin.customers.public import Customer
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class OutsideIdentity(Recorded):
    """Somebody as one account of ours knows them at a platform: the name there, which is nobody else's.

    ``customer`` is whose it is, once somebody has said so (``joined_by``, ``joined_at``); until then it is a stranger.
    """

    account = models.ForeignKey(StaffAccount, on_delete=models.PROTECT, related_name="outsiders")
    external_id = models.CharField(max_length=120)
    name = models.CharField(max_length=80, blank=True)
    first_at = models.DateTimeField()
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="outside_identities", db_index=False
    )
    joined_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "external_id"], name="outsider_once")]
        indexes = [
            models.Index(fields=["customer"], name="outsider_customer", condition=Q(customer__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.pk}"

    @property
    def masked(self) -> str:
        """The name at the platform as pages show it."""
        return mask_outside(self.external_id)


class CallbackPulse(models.Model):
    """The newest signs of life of an account's callback; written often, so nothing of it is history.

    ``refused_why`` is a key of the rules' ``REFUSALS``.
    """

    account = models.OneToOneField(StaffAccount, on_delete=models.CASCADE, primary_key=True, related_name="pulse")
    genuine_at = models.DateTimeField(null=True)
    message_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return str(self.account_id)
