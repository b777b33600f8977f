"""Registers the web chat room with Django."""

from django.apps import AppConfig


class WebChatConfig(AppConfig):
    """The web chat room."""

    name = "huiyin.web_chat"
    label = "web_chat"
    default_auto_field = "django.db.models.BigAutoField"
