"""Registers the organisation room with Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation room."""

    name = "huiyin.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
