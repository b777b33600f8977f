"""What kinds of days, units and weekdays are called, and the sign that stands for a kind where colour must not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huiyin.working_time.rules.calendar import DayKind
from huiyin.working_time.rules.span import Unit

A_MONDAY = date(2024, 1, 1)

KIND_LABELS = {
    DayKind.ORDINARY: gettext_lazy("Ordinary day"),
    DayKind.HOLIDAY: gettext_lazy("Holiday"),
    DayKind.MAKE_UP: gettext_lazy("Make-up workday"),
    DayKind.CLOSURE: pgettext_lazy("kind of day", "Closed"),
    DayKind.SPECIAL: gettext_lazy("Special hours"),
}
KIND_SIGNS = {
    DayKind.HOLIDAY: pgettext_lazy("sign in the calendar: holiday", "H"),
    DayKind.MAKE_UP: pgettext_lazy("sign in the calendar: make-up workday", "W"),
    DayKind.CLOSURE: pgettext_lazy("sign in the calendar: closed", "C"),
    DayKind.SPECIAL: pgettext_lazy("sign in the calendar: special hours", "S"),
}
UNIT_LABELS = {
    Unit.WORKING_HOURS: gettext_lazy("working hours"),
    Unit.WORKING_DAYS: gettext_lazy("working days"),
    Unit.HOURS: gettext_lazy("hours round the clock"),
    Unit.DAYS: gettext_lazy("calendar days"),
}


@dataclass(frozen=True)
class KindWords:
    """A kind of day in words: its code, label and sign."""

    code: str
    label: str
    sign: str


def kind_words(kind: DayKind) -> KindWords:
    """The words of a kind in the language in force."""
    return KindWords(kind.value, str(KIND_LABELS[kind]), str(KIND_SIGNS.get(kind, "")))


def weekday_names() -> list[str]:
    """Monday to Sunday, in full."""
    return [date_format(A_MONDAY.replace(day=n), "l") for n in range(1, 8)]


def weekday_letters() -> list[str]:
    """Monday to Sunday in as few letters as the language allows."""
    return [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")]
