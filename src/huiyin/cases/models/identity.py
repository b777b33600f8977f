"""As whom customers wrote about cases on platforms."""

from __future__ import annotations

from django.db import models

from huiyin.cases.models.case import Case
from huiyin.channels.public import OutsideIdentity


class CaseIdentity(models.Model):
    """Somebody at a platform wrote about a case; ``gave_customer``: joining them gave the case its customer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="identities", db_index=False)
    identity = models.ForeignKey(OutsideIdentity, on_delete=models.PROTECT, related_name="+")
    gave_customer = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "identity"], name="case_identity_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.identity_id}"
