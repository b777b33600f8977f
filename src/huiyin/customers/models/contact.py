"""How to reach a customer: persons to talk to, and places."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from huiyin.customers.models.customer import Customer
from huiyin.foundation.recorded import Recorded


class Contact(Recorded):
    """A person to talk to. ``phone`` is E.164 where it can be read (``+8613812345678``), else its digits;
    ``phone_tail`` are its last four digits, for "尾号 5678"; ``email`` is in lower case."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=100, blank=True)
    position = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    email = models.CharField(max_length=254, blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["phone"], name="contact_phone", condition=~models.Q(phone="")),
            models.Index(fields=["phone_tail"], name="contact_phone_tail", condition=~models.Q(phone_tail="")),
            models.Index(fields=["email"], name="contact_email", condition=~models.Q(email="")),
            GinIndex(fields=["phone"], name="contact_phone_part", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name or f"contact {self.pk}"


class Address(Recorded):
    """A place. ``plain`` is the whole address without spaces and punctuation, for recognising it again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses", db_index=False)
    country = models.CharField(max_length=60, blank=True)
    province = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    district = models.CharField(max_length=60, blank=True)
    line = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    plain = models.CharField(max_length=400, blank=True)
    is_primary = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["customer", "plain"], name="address_of_customer")]

    def __str__(self) -> str:
        return f"address {self.pk}"
