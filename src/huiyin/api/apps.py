"""Registers the api room with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The api room."""

    name = "huiyin.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
