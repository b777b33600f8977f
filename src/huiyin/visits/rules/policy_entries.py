"""The values of a kind of visit: their sorts, defaults and names, in the order of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.talk_content import EVERYTHING

TEXT, YES_NO, COUNT, AMOUNT, MANY, DAY = "text", "yes_no", "count", "amount", "many", "day"
CHANNEL_LABELS = {
    "phone": _("Phone"),
    "link": _("Questionnaire by link"),
    "sms": _("SMS"),
    "email": _("Email"),
    "face": _("Face to face"),
    "other": _("Another way"),
}
TIERS = ("vip", "regular", "potential")
OPEN_CASES = {"with": _("With open cases"), "without": _("Without open cases")}
UNITS = {"days": _("Days"), "months": _("Months")}
MOST_DAYS, MOST_HOURS, LONGEST = 366, 8784, 36_600


@dataclass(frozen=True)
class Entry:
    """One value of a kind of visit: its sort, its default, its name in words; ``most`` letters or its largest number.

    ``column``: it has a column of its own; the others stand together in ``numbers``.
    """

    sort: str
    default: Any
    label: str
    most: int = 0
    column: bool = True


ENTRIES: dict[str, Entry] = {
    "code": Entry(TEXT, "", _("Code"), 30),
    "name_zh": Entry(TEXT, "", _("Name in Chinese"), 60),
    "name_en": Entry(TEXT, "", _("Name in English"), 60),
    "goal_zh": Entry(TEXT, "", _("Goal in Chinese"), 120),
    "goal_en": Entry(TEXT, "", _("Goal in English"), 120),
    "is_active": Entry(YES_NO, True, _("In use")),
    "trigger": Entry(TEXT, "", _("Falls due"), 20),
    "days_from": Entry(COUNT, 7, _("First day"), MOST_DAYS),
    "days_best": Entry(COUNT, 7, _("Best day"), MOST_DAYS),
    "days_by": Entry(COUNT, 15, _("Last day of the window"), MOST_DAYS),
    "target_hours": Entry(COUNT, None, _("Within how many hours"), MOST_HOURS),
    "breach_working_days": Entry(COUNT, None, _("Late after so many working days"), MOST_DAYS),
    "every_count": Entry(COUNT, None, _("Every"), MOST_DAYS, column=False),
    "every_unit": Entry(TEXT, "", _("Days or months"), 10, column=False),
    "on": Entry(DAY, "", _("On the date"), 10, column=False),
    "yearly": Entry(YES_NO, False, _("Every year"), column=False),
    "again_days": Entry(COUNT, None, _("Again after so many days"), LONGEST, column=False),
    "tiers": Entry(MANY, (), _("Customers of the tiers"), 9, column=False),
    "stores": Entry(MANY, (), _("Customers of the stores"), 30, column=False),
    "spent_from": Entry(AMOUNT, "", _("Bought for at least (yuan)"), column=False),
    "spent_below": Entry(AMOUNT, "", _("Bought for less than (yuan)"), column=False),
    "bought_within_days": Entry(COUNT, None, _("Bought within the last days"), LONGEST, column=False),
    "silent_for_days": Entry(COUNT, None, _("Nothing bought for days"), LONGEST, column=False),
    "known_for_days": Entry(COUNT, None, _("Customer for at least days"), LONGEST, column=False),
    "bought_times": Entry(COUNT, None, _("Bought at least so many times"), 9999, column=False),
    "counted_days": Entry(COUNT, None, _("Amount and times within the last days"), LONGEST, column=False),
    "provinces": Entry(MANY, (), _("Customers in the provinces"), 60, column=False),
    "score_from": Entry(AMOUNT, "", _("Last opinion at least (1–5)"), column=False),
    "score_to": Entry(AMOUNT, "", _("Last opinion at most (1–5)"), column=False),
    "open_cases": Entry(TEXT, "", _("Cases still open"), 7, column=False),
    "channels": Entry(MANY, ("phone",), _("Channels in their order"), 10),
    "questionnaire": Entry(TEXT, "", _("Questionnaire"), 30),
    "script": Entry(TEXT, "", _("Script"), 30),
    "split_one": Entry(COUNT, None, _("Version A of the script"), 9999, column=False),
    "split_other": Entry(COUNT, None, _("Version B of the script"), 9999, column=False),
    "split_share": Entry(COUNT, None, _("Share of version B (%)"), 99, column=False),
    "split_until": Entry(DAY, "", _("Shared out until"), 10, column=False),
    "split_least": Entry(COUNT, None, _("Least visits of each version to compare by"), 100_000, column=False),
    "split_seed": Entry(COUNT, None, _("Seed of the lot"), 1_000_000_000, column=False),
    "sampled": Entry(YES_NO, False, _("Drawn by quota")),
    "not_handler": Entry(YES_NO, False, _("Not by who handled the case")),
    "department": Entry(TEXT, "", _("Department"), 30),
    "skill": Entry(TEXT, "", _("Skill"), 40),
    "merges": Entry(YES_NO, True, _("May be merged with other visits to the customer"), column=False),
    "most_questions": Entry(
        COUNT, None, _("Questions in a call at most, as far as they may be left out"), 99, column=False
    ),
    "unanswered_limit": Entry(COUNT, None, _("Dial at most so often in vain"), 20, column=False),
    "refusals_limit": Entry(COUNT, None, _("Refusals after which it ends"), 20, column=False),
    "rest_after_refusal_days": Entry(COUNT, None, _("Days of rest after a refusal"), MOST_DAYS, column=False),
    "refusal_ends": Entry(TEXT, EVERYTHING, _("What the last refusal ends"), 10, column=False),
    "refusal_rest_days": Entry(COUNT, None, _("Days this kind rests after the last refusal"), LONGEST, column=False),
    "talk_from_minutes": Entry(COUNT, None, _("Talk announced from minutes"), 600, column=False),
    "talk_to_minutes": Entry(COUNT, None, _("Talk announced to minutes"), 600, column=False),
    "talk_limit_minutes": Entry(COUNT, None, _("Talk at most minutes"), 600, column=False),
    "retry_after_minutes": Entry(COUNT, None, _("Dial again after minutes"), 10_080, column=False),
    "record_within_hours": Entry(COUNT, None, _("Record complete within hours"), MOST_HOURS, column=False),
    "invite_delay_hours": Entry(COUNT, 0, _("Link sent after hours"), MOST_HOURS, column=False),
    "invite_from_hour": Entry(COUNT, 9, _("Links sent from (hour)"), 23, column=False),
    "invite_until_hour": Entry(COUNT, 20, _("Links sent until (hour)"), 24, column=False),
    "invite_spread_days": Entry(COUNT, 1, _("Links spread over days"), MOST_DAYS, column=False),
    "invite_per_day": Entry(COUNT, None, _("Links a day at most"), 1_000_000, column=False),
    "invite_wait_hours": Entry(COUNT, 120, _("Next way after hours without an answer"), MOST_HOURS, column=False),
    "note": Entry(TEXT, "", _("Note"), 200),
}
