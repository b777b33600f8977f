"""Registers the foundation with Django: journal after each migrate, discovery when all is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FoundationConfig(AppConfig):
    """The foundation."""

    name = "huiyin.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has the journal's triggers put on after every migrate, and makes ``any_of`` known."""
        from huiyin.foundation import lookups  # noqa: F401, PLC0415 - registers itself
        from huiyin.foundation.journal import install, loosen  # noqa: PLC0415 - models are ready only now

        pre_migrate.connect(loosen, sender=self, dispatch_uid="journal-loose")
        post_migrate.connect(install, sender=self, dispatch_uid="journal")
