"""A promise as a row of Today and of the wall."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from huiyin.promises.kinds import kind_words, promise_kinds
from huiyin.promises.queries.day import OwedRow


@dataclass(frozen=True)
class PromiseRow:
    """What to do in a word, who, why now, its clock; ``why`` explains the deadline."""

    promise: OwedRow
    href: str
    why: str
    icon: str
    act: str
    label: str


def row_of(promise: OwedRow) -> PromiseRow:
    """The promise with its words in the reader's language and its addresses."""
    kind = promise_kinds()[promise.kind]
    return PromiseRow(
        promise,
        href=reverse(kind.page, args=[promise.subject_id]),
        why=reverse("promise", args=[promise.id]),
        icon=kind.icon,
        act=gettext(kind.act),
        label=kind_words(promise.kind),
    )
