"""Kinds of places where parts lie."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class PlaceKind(StrEnum):
    """A warehouse, a store's shelf, or an engineer's van."""

    WAREHOUSE = "warehouse"
    VAN = "van"


PLACE_LABELS: dict[str, str] = {
    PlaceKind.WAREHOUSE: _("Warehouse"),
    PlaceKind.VAN: _("Engineer's van"),
}

USUAL_UNIT = "件"
"""What most parts are counted in."""
