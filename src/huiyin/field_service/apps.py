"""Registers the field service room with Django."""

from django.apps import AppConfig


class FieldServiceConfig(AppConfig):
    """The field service room."""

    name = "huiyin.field_service"
    label = "field_service"
    default_auto_field = "django.db.models.BigAutoField"
