"""Where merged cases went, and what has happened there since."""

from __future__ import annotations

from django.db.models import Q

from huiyin.cases.models import Case, CaseLink, CaseMerge, CaseNote
from huiyin.cases.rules.kinds import UNPROVEN
from huiyin.cases.rules.merging import MergeSide, Party, same_party


def standing_case(case: Case) -> Case:
    """The case that goes on: itself, or where it was merged into in the end."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def party_of(case: Case) -> Party:
    """Who speaks in the case."""
    return Party(case.customer_id, case.reporter_phone, case.reporter_email)


def side_of(case: Case) -> MergeSide:
    """The case as merging sees it."""
    where = case.merged_into.number if case.merged_into else ""
    return MergeSide(case.pk, case.number, case.state, party_of(case), where)


def case_behind(link: CaseLink) -> Case:
    """The case a customer's link shows: where it was merged into, if that is the same customer's, else its own.

    The link of who merely gave a phone number or mail address in a form leads on only if the record was checked with
    the customer: it may be anybody's.
    """
    case = link.case
    if case.merged_into_id is None:
        return case
    last = standing_case(case)
    proven = case.channel not in UNPROVEN or case.stages.filter(verb="verify").exists()
    return last if proven and same_party(party_of(case), party_of(last)) else case


def words_for_customer(case: Case) -> Q:
    """Notes that its customer may read: none that came in with a merge from another customer's case."""
    origins = CaseNote.objects.filter(case=case, said_in__isnull=False).values("said_in").distinct()
    own = [other.pk for other in Case.objects.filter(pk__in=origins) if same_party(party_of(other), party_of(case))]
    return Q(said_in=None) | Q(said_in__in=own)


def merge_in_force(case: Case) -> CaseMerge | None:
    """The merge by which the case ended, with where it went."""
    return case.merges.filter(undone_at=None).select_related("into").first()


def since_merge(case: Case) -> int:
    """How many entries the case it was merged into has got since; 0 for a case that is not merged."""
    merge = merge_in_force(case) if case.merged_into_id else None
    if merge is None:
        return 0
    into, carried = merge.into, merge.carried
    last, along = carried["last"], [*carried["notes"], *carried["letter"]]
    return (
        into.stages.filter(pk__gt=last["stages"]).count()
        + into.notes.filter(pk__gt=last["notes"]).exclude(pk__in=along).count()
        + into.attachments.filter(pk__gt=last["attachments"]).exclude(pk__in=carried["files"]).count()
        + into.tasks.filter(Q(pk__gt=last["tasks"]) | Q(done_at__gt=merge.at)).exclude(pk__in=carried["tasks"]).count()
        + into.merged_in.filter(pk__gt=merge.pk, undone_at=None).count()
    )
