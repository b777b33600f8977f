"""Registers the shell with Django and lets every room make its declarations."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell of the site."""

    name = "huiyin.web"
    label = "web"

    def ready(self) -> None:
        """Imports the declarations of all rooms once all their models are there."""
        from huiyin.foundation.discovery import discover_all  # noqa: PLC0415 - models are ready only now

        discover_all()
