"""Registers the working time room with Django."""

from django.apps import AppConfig


class WorkingTimeConfig(AppConfig):
    """The working time room."""

    name = "huiyin.working_time"
    label = "working_time"
    default_auto_field = "django.db.models.BigAutoField"
