"""Registers the questionnaires room with Django."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """The questionnaires room."""

    name = "huiyin.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
