"""Registers the promises room with Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """The promises room."""

    name = "huiyin.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"
