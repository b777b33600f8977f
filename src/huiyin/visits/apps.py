"""Registers the visits room with Django."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The visits room."""

    name = "huiyin.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
