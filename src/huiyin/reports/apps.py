"""Registers the reports room with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports room."""

    name = "huiyin.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
