"""The preparation card of a visit: who the customer is, what was wrong before, what to look out for (VIS-20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases.public import CaseSummary, case_summary
from huiyin.contact_ledger.public import Answer
from huiyin.customers.public import Purchase, PurchaseLine, Tier, mask_phone
from huiyin.foundation.forms import say
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.organisation.public import Staff
from huiyin.questionnaires.public import DIMENSION_LABELS, scores_before
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitRecord
from huiyin.visits.queries.contacts import Reach, may_call_now, reach_of
from huiyin.visits.queries.dials import dialled
from huiyin.visits.queries.invitation_words import links_told
from huiyin.visits.queries.policies import script_of
from huiyin.visits.queries.refusing import Refusing, refusing_of
from huiyin.visits.queries.spoken import filled
from huiyin.visits.queries.sub_results import sub_result_name
from huiyin.visits.rules.attempts import LineResult
from huiyin.visits.rules.script_content import APART

SCORES_SHOWN = 3
LINES_SHOWN = 3
LOW = 2
BRIDGE = "bridge"
BESIDE = ("probe", "objection", "improved")


@dataclass(frozen=True)
class PastScore:
    """One earlier questionnaire: when, the mean of its scores, the dimensions that were low."""

    at: datetime | None
    mean: float
    lows: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """Something to look out for; ``tone`` colours it."""

    tone: str
    text: str


@dataclass(frozen=True)
class ScriptPart:
    """One block of the script in the reader's language, names filled in."""

    part: str
    text: str


@dataclass(frozen=True)
class Preparation:
    """Everything an agent needs to see before dialling; phone numbers are masked."""

    reach: Reach
    purchase: Purchase | None
    articles: tuple[str, ...]
    past: tuple[PastScore, ...]
    cases: CaseSummary
    flags: tuple[Flag, ...]

    @property
    def contact(self) -> str:
        """Whom one asks for."""
        return self.reach.name

    @property
    def phone(self) -> str:
        """The contact's number, masked."""
        return mask_phone(self.reach.phone) if self.reach.phone else ""


@dataclass(frozen=True)
class Work:
    """What else whoever makes the visit needs: what to say, and whether the customer may be called.

    ``bridges`` lead over to the questions of other visits in the same call, by visit.
    """

    script: tuple[ScriptPart, ...]
    may_call: Answer
    refusing: Refusing
    bridges: tuple[tuple[int, str], ...] = ()

    @property
    def why(self) -> str:
        """Why (not), in words."""
        return say(self.may_call.why)


def preparation_of(visit: Visit, dials: Sequence[Attempt]) -> Preparation:
    """The card of a visit for the person who makes it; ``dials`` are those of this visit so far."""
    past = _past_scores(visit)
    cases = case_summary(SYSTEM, visit.customer_id)
    return Preparation(
        reach=reach_of(visit),
        purchase=visit.purchase,
        articles=_articles(visit),
        past=past,
        cases=cases,
        flags=tuple(_flags(visit, past, cases, len(dials))),
    )


def work_of(visit: Visit, actor: Actor, now: datetime, dials: Sequence[Attempt], others: Sequence[Visit] = ()) -> Work:
    """What the person who makes the visit, and ``others`` in the same call, needs beside the card.

    The script is the visit's own, with what the others' scripts have to probe, to answer and to tell beside it.
    """
    script = _script(visit, actor, now)
    scripts = {each.pk: _script(each, actor, now) for each in others}
    more = [part for parts in scripts.values() for part in parts if part.part in BESIDE]
    bridges = tuple((pk, part.text) for pk, parts in scripts.items() for part in parts if part.part == BRIDGE)
    refusing = refusing_of(visit, actor, now, dials)
    return Work(tuple(dict.fromkeys([*script, *more])), may_be_called(visit, now, dials), refusing, bridges)


def may_be_called(visit: Visit, now: datetime, dials: Sequence[Attempt]) -> Answer:
    """Whether the customer may be called at ``now`` for this visit, and why (not)."""
    return may_call_now(visit, now, spoken=any(dial.line == LineResult.CONNECTED for dial in dials))


def _articles(visit: Visit) -> tuple[str, ...]:
    if visit.purchase_id is None:
        return ()
    told = _lines(visit.purchase_id)
    return tuple(f"{description or code} × {quantity.normalize():f}" for description, code, quantity in told)


@prepared
def _lines(purchase: Given) -> QuerySet[PurchaseLine, tuple[Any, ...]]:
    rows = PurchaseLine.objects.filter(purchase_id=purchase).order_by("line_no")
    return rows.values_list("description", "article_code", "quantity")[:LINES_SHOWN]


def _past_scores(visit: Visit) -> tuple[PastScore, ...]:
    earlier = scores_before(visit.customer_id, but=visit, most=SCORES_SHOWN)
    return tuple(_past(at, scores) for at, scores in earlier)


def _past(at: datetime, scores: Mapping[str, int]) -> PastScore:
    lows = tuple(_(label) for name, label in DIMENSION_LABELS.items() if scores.get(name, LOW + 1) <= LOW)
    return PastScore(at, sum(scores.values()) / len(scores) if scores else 0.0, lows)


def _flags(visit: Visit, past: Sequence[PastScore], cases: CaseSummary, calls: int) -> list[Flag]:
    customer, flags = visit.customer, []
    if customer.tier == Tier.VIP:
        flags.append(Flag("accent", _("VIP customer")))
    if past and past[0].lows:
        flags.append(Flag("late", _("Was dissatisfied last time: %(what)s") % {"what": "、".join(past[0].lows)}))
    flags += [Flag(*told) for told in links_told(visit)]
    if cases.open:
        flags.append(
            Flag("soon", ngettext("%(count)s open case", "%(count)s open cases", cases.open) % {"count": cases.open})
        )
    if cases.complaints:
        flags.append(
            Flag(
                "soon",
                ngettext("%(count)s complaint so far", "%(count)s complaints so far", cases.complaints)
                % {"count": cases.complaints},
            )
        )
    if not customer.language.startswith("zh"):
        flags.append(Flag("accent", _("Speaks %(language)s") % {"language": customer.language}))
    if customer.preferred_time != "any" or customer.preferred_weekdays:
        flags.append(Flag("neutral", _("Prefers: %(when)s") % {"when": _preference(visit)}))
    if calls:
        said = ngettext("%(count)s earlier call for this visit", "%(count)s earlier calls for this visit", calls)
        flags.append(Flag("soon", said % {"count": calls}))
    return flags


def _preference(visit: Visit) -> str:
    wanted = sorted(visit.customer.preferred_weekdays)
    days = [str(WEEKDAYS_ABBR[day - 1]) for day in wanted if day - 1 in WEEKDAYS_ABBR]
    part = visit.customer.get_preferred_time_display() if visit.customer.preferred_time != "any" else ""
    return " ".join([*days, str(part)]).strip()


def _script(visit: Visit, actor: Actor, now: datetime) -> tuple[ScriptPart, ...]:
    script = script_of(visit, now.date())
    if script is None:
        return ()
    names = {"customer": visit.customer.name, "agent": actor.name}
    english = actor.language.startswith("en")
    return tuple(
        ScriptPart(each["part"], filled((english and each["en"]) or each["zh"], names))
        for each in script.blocks
        if each["part"] not in APART
    )


DIALLED = [field.attname for field in Attempt._meta.concrete_fields]
OWED = ["id", "visit_id", "question", "owner_id", "due_at", "answered_at"]  # in the order of the table


def dials_of(visit: Visit) -> list[Attempt]:
    """Every dial for the visit, oldest first."""
    return [_dial(*row) for row in _dials(visit.pk, visit.customer_id)]


@prepared
def _dials(visit: Given, customer: Given) -> QuerySet[Attempt, tuple[Any, ...]]:
    return dialled(visit, customer).order_by("at", "id").values_list(*DIALLED, "by__name")


def _dial(*row: Any) -> Attempt:
    *values, name = row
    dial = Attempt.from_db("default", DIALLED, values)
    dial.finer = sub_result_name(dial.sub_result)
    dial.by = Staff(pk=dial.by_id, name=name) if dial.by_id else None
    return dial


def records_of(visit: Visit) -> list[VisitRecord]:
    """The versions of the record, newest first."""
    return list(visit.records.select_related("author").order_by("-version"))


def owed_answers_of(visit: Visit) -> list[OwedAnswer]:
    """What is still to be answered to the customer, and what was."""
    return [_owed_answer(*row) for row in _owed(visit.pk)]


@prepared
def _owed(visit: Given) -> QuerySet[OwedAnswer, tuple[Any, ...]]:
    return OwedAnswer.objects.filter(visit_id=visit).order_by("due_at").values_list(*OWED, "owner__name")


def _owed_answer(*row: Any) -> OwedAnswer:
    *values, name = row
    owed = OwedAnswer.from_db("default", OWED, values)
    owed.owner = Staff(pk=owed.owner_id, name=name)
    return owed
