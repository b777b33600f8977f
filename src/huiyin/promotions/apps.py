"""Registers the promotions room with Django."""

from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    """The promotions room."""

    name = "huiyin.promotions"
    label = "promotions"
    default_auto_field = "django.db.models.BigAutoField"
