"""The cases a case belongs together with, and those it could be merged into."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery

from huiyin.cases.models import Case, CaseQuerySet, CaseTie
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.cases.rules.ties import TIES
from huiyin.cases.rules.views import QUEUE
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

OFFERED = 20


@dataclass(frozen=True)
class Tied:
    """Another case and how it belongs to this one (message ids); ``tie`` is 0 where nobody can take it away.

    A case out of the viewer's sight shows its number and no more.
    """

    tie: int
    how: str
    number: str
    case: int | None
    title: str
    tone: str
    state_label: str


def ties_of(actor: Actor, case_id: int) -> list[Tied]:
    """Links in both directions, oldest first, then the case this one went into or those that came into it."""
    ends = [(tie.pk, *_end(tie, case_id)) for tie in links_of(case_id).select_related("case", "other").order_by("pk")]
    ends += [
        (0, _("Merged into this one") if one.merged_into_id == case_id else _("Goes on in"), one)
        for one in merges_of(case_id).order_by("pk")
    ]
    keys = [one.pk for _tie, _how, one in ends]
    seen = set(Case.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [_tied(tie, how, one, seen=one.pk in seen) for tie, how, one in ends]


def links_of(case_id: int) -> QuerySet[CaseTie]:
    """The links of a case, whichever end it is."""
    return CaseTie.objects.filter(Q(case=case_id) | Q(other=case_id))


def merges_of(case_id: int) -> CaseQuerySet:
    """The cases that went into this one, and the one it went into."""
    goes_on_in = Case.objects.filter(pk=case_id, merged_into__isnull=False).values("merged_into")
    return Case.objects.filter(Q(merged_into=case_id) | Q(pk=Subquery(goes_on_in)))


def _end(tie: CaseTie, case_id: int) -> tuple[str, Case]:
    from_here, from_there = TIES[tie.kind]
    return (from_here, tie.other) if tie.case_id == case_id else (from_there, tie.case)


def _tied(tie: int, how: str, one: Case, *, seen: bool) -> Tied:
    return Tied(
        tie=tie,
        how=how,
        number=one.number,
        case=one.pk if seen else None,
        title=one.title if seen else "",
        tone=STATE_TONES[one.state],
        state_label=STATE_LABELS[one.state],
    )


def likely_others(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """Numbers and titles of live cases of the same customer or reporter, most pressing first."""
    same = Q(customer_id=case.customer_id) if case.customer_id else Q(pk__in=())
    if case.reporter_phone:
        same |= Q(reporter_phone=case.reporter_phone)
    if case.reporter_email:
        same |= Q(reporter_email=case.reporter_email)
    others = Case.objects.visible_to(actor).live().filter(same).exclude(pk=case.pk)
    return list(others.order_by(*QUEUE).values_list("number", "title")[:OFFERED])
