"""Registers the working time room with Django; the standard calendar is there after the first migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkingTimeConfig(AppConfig):
    """The working time room."""

    name = "huiyin.working_time"
    label = "working_time"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has the standard calendar made after a migrate, if it is not there."""
        from huiyin.working_time.seed import seed  # noqa: PLC0415 - models are ready only now

        post_migrate.connect(seed, sender=self, dispatch_uid="standard_calendar")
