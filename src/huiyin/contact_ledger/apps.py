"""Registers the contact ledger with Django."""

from django.apps import AppConfig


class ContactLedgerConfig(AppConfig):
    """The contact ledger."""

    name = "huiyin.contact_ledger"
    label = "contact_ledger"
    default_auto_field = "django.db.models.BigAutoField"
