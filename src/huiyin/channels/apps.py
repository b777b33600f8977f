"""Registers the channels room with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """The channels room."""

    name = "huiyin.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
