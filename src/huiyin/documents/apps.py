"""Registers the documents room with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The documents room: templates, styles and words; no tables."""

    name = "huiyin.documents"
    label = "documents"
