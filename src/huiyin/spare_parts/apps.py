"""Registers the spare parts room with Django."""

from django.apps import AppConfig


class SparePartsConfig(AppConfig):
    """The spare parts room."""

    name = "huiyin.spare_parts"
    label = "spare_parts"
    default_auto_field = "django.db.models.BigAutoField"
