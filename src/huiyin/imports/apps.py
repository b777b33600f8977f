"""Registers the imports room with Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The imports room."""

    name = "huiyin.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
