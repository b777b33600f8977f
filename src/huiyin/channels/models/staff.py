"""Where the company's people are told things outside the product: accounts at platforms, people there, their wishes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Staff


class Mode(models.TextChoices):
    """How an account reaches people."""

    APP = "app", _("Application: to each person")
    ROBOT = "robot", _("Robot in a group")


class StaffAccount(Recorded, Settled):
    """An application or a group's robot at a platform (``platform`` is the code of its kind of channel).

    Secrets are named here and kept outside (``env:HUIYIN_STAFF_…`` or ``file:name``): ``secret`` is an application's,
    or the end of a robot's address; ``sign_secret`` signs for a robot; ``callback_token`` and ``callback_key`` prove
    what the platform pushes to us. ``groups`` and ``department`` say what a robot tells, and about whose work.
    """

    platform = models.CharField(max_length=20)
    name = models.CharField(max_length=60, unique=True)
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.APP)
    base_url = models.CharField(max_length=200, blank=True)
    key_id = models.CharField(max_length=128, blank=True)
    agent_id = models.CharField(max_length=40, blank=True)
    secret = models.CharField(max_length=120)
    sign_secret = models.CharField(max_length=120, blank=True)
    callback_token = models.CharField(max_length=120, blank=True)
    callback_key = models.CharField(max_length=120, blank=True)
    groups = ArrayField(models.CharField(max_length=20), default=list)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["platform", "id"]

    def __str__(self) -> str:
        return self.name


class StaffAddress(Recorded, Settled):
    """Who somebody is at a platform: the userid there."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    platform = models.CharField(max_length=20)
    address = models.CharField(max_length=120)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["staff", "platform"], name="staff_address_once"),
            models.UniqueConstraint(fields=["platform", "address"], name="staff_address_theirs"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.platform}"


class NoticeWish(Recorded, Settled):
    """What a person wants told how: by group of notices the ways in their order, and the quiet hours (both empty: the
    company's; equal times: none)."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="+")
    ways = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    def __str__(self) -> str:
        return str(self.staff_id)


class StaffRules(Recorded, Settled):
    """The company's own numbers for notices on platforms; the newest version is in force."""

    version = models.PositiveIntegerField(unique=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"v{self.version}"
