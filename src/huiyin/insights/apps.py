"""Registers the insights room with Django."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The insights room."""

    name = "huiyin.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"
