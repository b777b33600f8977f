"""Registers the foundation room with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The foundation room."""

    name = "huiyin.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
