"""Links cases to each other, and takes links away."""

from __future__ import annotations

from collections import defaultdict

from huiyin.cases.actions.carrying import both
from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.numbered import case_numbered
from huiyin.cases.models import Case, CaseTie
from huiyin.cases.queries.detail import case_seen_by
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.ties import BOTH_WAYS, CHOSEN, ONE_ONLY, leads_back
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.link", needs=NEEDS["link"])
def link_cases(act: Act, case_id: int, *, kind: str, other: str) -> CaseTie:
    """Says how the case belongs to the one with the number ``other``; saying it twice changes nothing.

    Raises:
        Invalid: an unknown kind or number.
        Conflict: with itself, in a circle, or a part that belongs to another whole already.
    """
    if kind not in CHOSEN:
        raise Invalid(message(_("Choose how the cases belong together.")), {"kind": message(_("Choose one."))})
    case_seen_by(act.actor, case_id)
    named = case_numbered(act, other, "other")
    case, far = both(act, case_id, named.pk)
    first, second = (far, case) if kind in BOTH_WAYS and far.pk < case.pk else (case, far)
    tie = tied(act, first, second, kind)
    act.record(case, customer_id=case.customer_id, kind=kind, to=far.number)
    return tie


def tied(act: Act, case: Case, other: Case, kind: str) -> CaseTie:
    """The tie, made if it is not there.

    Raises:
        Conflict: it makes no sense.
    """
    _check(case, other, kind)
    made = {"made_at": act.now, "made_by_id": act.actor.staff_id}
    return CaseTie.objects.get_or_create(case=case, other=other, kind=kind, defaults=made)[0]


def _check(case: Case, other: Case, kind: str) -> None:
    if case.pk == other.pk:
        raise Conflict(message(_("A case cannot be linked to itself.")))
    whole = CaseTie.objects.filter(case=case, kind=kind).exclude(other=other).select_related("other").first()
    if kind in ONE_ONLY and whole:
        raise Conflict(message(_("This case is a part of %(number)s already."), number=whole.other.number))
    if kind not in BOTH_WAYS and leads_back(case.pk, other.pk, _ahead(other, kind)):
        raise Conflict(message(_("This link would lead in a circle.")))


def _ahead(other: Case, kind: str) -> dict[int, set[int]]:
    """The ties of a kind that start at a case, and go on from there."""
    found: dict[int, set[int]] = defaultdict(set)
    wave = {other.pk}
    while wave:
        rows = CaseTie.objects.filter(case__in=wave, kind=kind).values_list("case_id", "other_id")
        for start, end in rows:
            found[start].add(end)
        wave = {end for _start, end in rows} - found.keys()
    return found


@action("cases.unlink", needs=NEEDS["unlink"])
def unlink_cases(act: Act, case_id: int, *, tie_id: int) -> Case:
    """Takes a link away, from either end.

    Raises:
        NotFound: the case has no such link.
    """
    case = beside(act, case_id, "unlink")
    tie = CaseTie.objects.filter(pk=tie_id).select_related("case", "other").first()
    if tie is None or case.pk not in (tie.case_id, tie.other_id):
        raise NotFound
    far = tie.other if tie.case_id == case.pk else tie.case
    tie.delete()
    act.record(case, customer_id=case.customer_id, kind=tie.kind, to=far.number)
    return case
