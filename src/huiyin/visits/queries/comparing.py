"""Two versions of a kind of visit, of the plan's numbers or of a script, value by value in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from huiyin.foundation.versions import Difference
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import StoreSize
from huiyin.visits.queries.policy_contents import (
    department_codes,
    questionnaire_choices,
    script_choices,
    store_codes,
    tier_choices,
)
from huiyin.visits.queries.previews import band_words
from huiyin.visits.rules.falling_due import TRIGGER_LABELS
from huiyin.visits.rules.planning import policy_from
from huiyin.visits.rules.planning.prices import PRICE_LABELS, by_name, prices_from
from huiyin.visits.rules.policy_content import changed
from huiyin.visits.rules.policy_entries import CHANNEL_LABELS, ENTRIES, OPEN_CASES, UNITS
from huiyin.visits.rules.script_content import PART_LABELS
from huiyin.visits.rules.talk_content import REFUSAL_ENDS


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between the values of two versions of a kind of visit, in the order of the form."""
    names = changed(before, after)
    words = _words() if names else {}
    return [
        Difference(
            gettext(ENTRIES[name].label), _said(before.get(name), words.get(name)), _said(after[name], words.get(name))
        )
        for name in names
    ]


def _words() -> dict[str, dict[str, str]]:
    """The names of codes, by field."""
    return {
        "trigger": {code: gettext(label) for code, label in TRIGGER_LABELS.items()},
        "channels": {code: gettext(label) for code, label in CHANNEL_LABELS.items()},
        "refusal_ends": {code: gettext(label) for code, label in REFUSAL_ENDS.items()},
        "every_unit": {code: gettext(label) for code, label in UNITS.items()},
        "questionnaire": dict(questionnaire_choices()),
        "script": dict(script_choices()),
        "department": dict(department_codes()),
        "stores": dict(store_codes()),
        "open_cases": {code: gettext(label) for code, label in OPEN_CASES.items()},
        "tiers": {code: str(label) for code, label in tier_choices()},
    }


def _said(value: Any, names: Mapping[str, str] | None) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(_said(each, names) for each in value) or "–"
    return (names or {}).get(str(value), str(value))


NUMBER_LABELS = {
    "calendar": _("Calendar"),
    "note": _("Note"),
    "first_week": _("Week 1 of a month"),
    "other_weeks": _("Other weeks"),
    "bands": _("Amount bands"),
    "turns": _("Turns of the stores"),
    "small_store_minimum": _("Customers of each small store a month"),
    "minutes_per_visit": _("Minutes a visit takes"),
    "day_slack": _("A day may exceed its share by percent"),
    "belongs_by": _("The day that decides a week's month"),
}


def number_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two versions of the plan's numbers."""
    old, new = _flat(before), _flat(after)
    found = [
        Difference(gettext(NUMBER_LABELS[name]), _number(name, old.get(name)), _number(name, new[name]))
        for name in changed(old, new)
        if name != "prices"
    ]
    return [*found, *_price_differences(old, new)]


def _price_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """One line for each price that differs."""
    old, new = (by_name(prices_from(content.get("prices", {}))) for content in (before, after))
    return [
        Difference(gettext(label), f"{old[name]:,}", f"{new[name]:,}")
        for name, label in PRICE_LABELS.items()
        if old[name] != new[name]
    ]


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"calendar": content["calendar"], "note": content["note"], **content["plan"]}


def _number(name: str, value: Any) -> str:
    if name in ("first_week", "other_weeks"):
        return str(gettext("%(least)s–%(most)s visits, %(a_day)s a day") % value)
    if name == "bands":
        return "\n".join(f"{band_words(band)}: {band.share} %" for band in policy_from({"bands": value}).bands)
    if name == "turns":
        return ", ".join(str(StoreSize(size).label) for size in value)
    if name == "belongs_by":
        return str(WEEKDAYS[0 if value == "monday" else 3])
    return _said(value, None)


def script_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two versions of a script: titles, and block by block what was said."""
    titles = [(_("Title in Chinese"), "title_zh"), (_("Title in English"), "title_en")]
    found = [
        Difference(gettext(label), before[name] or "–", after[name] or "–")
        for label, name in titles
        if before[name] != after[name]
    ]
    longest = max(len(before["blocks"]), len(after["blocks"]))
    for number in range(longest):
        old, new = _block(before["blocks"], number), _block(after["blocks"], number)
        if old != new:
            found.append(Difference(gettext("Block %(number)s") % {"number": number + 1}, old or "–", new or "–"))
    return found


def _block(blocks: list[Mapping[str, str]], number: int) -> str:
    if number >= len(blocks):
        return ""
    block = blocks[number]
    return "\n".join([gettext(PART_LABELS.get(block["part"], block["part"])), block["zh"], block["en"]])
