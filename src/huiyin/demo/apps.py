"""Registers the demo room with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo room."""

    name = "huiyin.demo"
    label = "demo"
