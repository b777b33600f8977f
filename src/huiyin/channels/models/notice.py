"""Notices to staff on the screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from huiyin.organisation.public import Staff


class StaffNotice(models.Model):
    """One sentence for one person, kept as message id and parameters so that it speaks the reader's language."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    page = models.CharField(max_length=60, blank=True)
    args = models.JSONField(default=list)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "at", "id"], name="notice_newest"),
            models.Index(fields=["staff"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.text}"

    @property
    def sentence(self) -> str:
        """The notice in the reader's language."""
        params = {
            name: gettext(value) if isinstance(value, str) and value else value for name, value in self.params.items()
        }
        return gettext(self.text) % params if params else gettext(self.text)

    @property
    def href(self) -> str:
        """Where it leads; empty when its page is no more."""
        try:
            return reverse(self.page, args=self.args) if self.page else ""
        except NoReverseMatch:
            return ""


def _translated(value: object) -> object:
    """A parameter that is a text of ours, in the reader's language; gettext("") would be the catalogue's head."""
    return gettext(value) if isinstance(value, str) and value else value
