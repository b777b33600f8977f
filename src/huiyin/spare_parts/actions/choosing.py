"""Finds the parts and places an action names, and who may change them."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.spare_parts.models import Part, Place


def part_named(part_id: int) -> Part:
    """The part, if it is in use.

    Raises:
        Invalid: there is no such part, or it is not used any more.
    """
    part = Part.objects.filter(pk=part_id, in_use=True).first()
    if part is None:
        why = message(_("Choose a spare part of the catalogue."))
        raise Invalid(why, {"part_id": why})
    return part


def place_named(place_id: int, *, name: str = "place_id") -> Place:
    """The place, if it is in use.

    Raises:
        Invalid: there is no such place, or it is not used any more.
    """
    place = Place.objects.filter(pk=place_id, in_use=True).first()
    if place is None:
        why = message(_("Choose a place where parts lie."))
        raise Invalid(why, {name: why})
    return place


def kept_place(act: Act, place_id: int) -> Place:
    """The place, if the actor keeps its stock.

    Raises:
        NotFound: outside the actor's area.
    """
    place = Place.objects.kept_by(act.actor).filter(pk=place_id, in_use=True).first()
    if place is None:
        raise NotFound(message(_("This place is kept by somebody else.")))
    return place
