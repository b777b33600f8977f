"""The customer's file: who it is, how it likes to be approached, and its numbers in other systems (CUS-1)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.customers.models.visibility import VisibleCustomers
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff, Store


class CustomerKind(models.TextChoices):
    """A person or a company."""

    PERSON = "person", _("Person")
    COMPANY = "company", _("Company")


class Tier(models.TextChoices):
    """Service tiers (CUS-5)."""

    VIP = "vip", _("VIP")
    REGULAR = "regular", _("Regular")
    POTENTIAL = "potential", _("Potential")


class CustomerSource(models.TextChoices):
    """How the customer came to the company (CUS-1)."""

    REFERRAL = "referral", _("Referral")
    EXHIBITION = "exhibition", _("Exhibition")
    ONLINE = "online", _("Online promotion")
    EXISTING = "existing", _("Recommended by an existing customer")
    OTHER = "other", _("Other source")


class PartOfDay(models.TextChoices):
    """When in the day the customer likes to be called."""

    ANY = "any", _("Any time")
    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")


class Customer(Recorded):
    """One customer, known by the number ``CS`` + year and month + running number (CS202311001).

    ``sort_key`` is the name in pinyin; ``preferred_weekdays`` holds ISO weekdays (1 = Monday), empty means any day.
    A merged customer keeps its row and points to the one it went into.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=7, choices=CustomerKind.choices, default=CustomerKind.PERSON)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)
    tier = models.CharField(max_length=9, choices=Tier.choices, default=Tier.REGULAR)
    industry = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=10, choices=CustomerSource.choices, blank=True)
    cooperation_since = models.DateField(null=True, blank=True)
    home_store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="customers", db_index=False
    )  # customer_of_store begins with it
    in_charge = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="customers")
    language = models.CharField(max_length=10, default="zh-hans")
    preferred_time = models.CharField(max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY)
    preferred_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    do_not_contact = models.BooleanField(default=False)
    do_not_contact_reason = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    registered_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    objects = VisibleCustomers.as_manager()

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["sort_key", "id"], name="customer_by_name", condition=models.Q(merged_into=None)),
            models.Index(fields=["tier", "sort_key", "id"], name="customer_of_tier"),
            models.Index(fields=["home_store", "sort_key", "id"], name="customer_of_store"),
            models.Index(fields=["name"], name="customer_name_start", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalNumber(models.Model):
    """The number a customer has in another system; one customer may have several, each leads to exactly one."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="external_numbers")
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="external_number_once")]
        indexes = [models.Index(fields=["number"], name="external_number_start", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"


class NumberSeries(models.Model):
    """The last running number given out for a prefix such as ``CS202311``."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
