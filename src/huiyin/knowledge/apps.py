"""Registers the knowledge room with Django."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """The knowledge room."""

    name = "huiyin.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
