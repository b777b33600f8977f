"""Registers the demand forms room with Django."""

from django.apps import AppConfig


class DemandFormsConfig(AppConfig):
    """The demand forms room."""

    name = "huiyin.demand_forms"
    label = "demand_forms"
    default_auto_field = "django.db.models.BigAutoField"
