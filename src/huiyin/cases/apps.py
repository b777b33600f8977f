"""Registers the cases room with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The cases room."""

    name = "huiyin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
