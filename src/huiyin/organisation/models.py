"""Company structure: departments, stores, staff, shifts, leave and API tokens (ORG-1..4, PRV-4)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.recorded import Recorded
from huiyin.organisation.rules.roles import ROLE_LABELS, Role


class StoreSize(models.TextChoices):
    """Large and small stores take turns in the weekly plan (VIS-12)."""

    LARGE = "large", _("Large store")
    SMALL = "small", _("Small store")


class Department(Recorded):
    """A department of the head office; ``code`` is what routing and imports name it by."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    head = models.ForeignKey("Staff", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads")

    class Meta(Recorded.Meta):
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Store(Recorded):
    """A shop of the company."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    size = models.CharField(max_length=5, choices=StoreSize.choices, default=StoreSize.SMALL)
    city = models.CharField(max_length=40, blank=True)
    manager = models.ForeignKey("Staff", null=True, blank=True, on_delete=models.SET_NULL, related_name="manages")
    is_open = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Makes staff with a usable password; sign-in finds them by staff number."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Staff:
        """Creates a person who can sign in with ``username``."""
        staff = self.model(username=username, **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser, Recorded):
    """A person of the company, who signs in with a staff number."""

    username = models.CharField(_("Staff number"), max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    roles = ArrayField(
        models.CharField(max_length=30, choices=[(role.value, ROLE_LABELS[role]) for role in Role]),
        default=list,
    )
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    daily_capacity = models.PositiveSmallIntegerField(default=50)
    language = models.CharField(max_length=10, default="zh-hans")
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    theme = models.CharField(max_length=5, default="auto")
    is_active = models.BooleanField(default=True)

    last_login = None  # sign-ins are kept by the session, not on the recorded row

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta(Recorded.Meta):
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name


class Leave(Recorded):
    """Days on which a person does not work; planning and routing pass over them. ``stand_in`` takes what falls due."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="leave")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=100, blank=True)
    stand_in = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="leave_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.first_day}–{self.last_day}"

    @property
    def until(self) -> datetime:
        """The moment at which it ends: the company's midnight after the last day."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), timezone.get_default_timezone())


class Shift(Recorded):
    """A part of a day on which a person works: of every such weekday (0 = Monday), or of one ``day``.

    Times are the company's wall clock. A person without a weekly shift works as the calendar says.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    start = models.TimeField()
    end = models.TimeField()

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="shift_in_order"),
            models.CheckConstraint(
                condition=models.Q(weekday=None, day__isnull=False) | models.Q(weekday__lt=7, day=None),
                name="shift_of_weekday_or_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.day or self.weekday} {self.start:%H:%M}-{self.end:%H:%M}"


class SignIn(AbstractBaseSession):
    """A browser's session and whose it is; goes when the person is let go (:mod:`huiyin.organisation.sessions`)."""

    staff = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that reads and writes these rows."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class ApiToken(models.Model):
    """A bearer token for the REST API: only its SHA-256 is kept; scopes are rights, never more than its person's."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
