"""Tables of labels as choices of model fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy


def choices_of(labels: Mapping[str, str]) -> list[tuple[str, Any]]:
    """A table of labels as choices of a field, shown in the reader's language."""
    return [(str(code), gettext_lazy(label)) for code, label in labels.items()]
