"""Opens a case: number, suggested level, route, clocks, receipt. The ways in call this."""

from __future__ import annotations

from huiyin.cases.actions.clocks import foresee, owed_about, start_clocks
from huiyin.cases.actions.escalate import escalate
from huiyin.cases.actions.given_notice import head_of, tell_head, tell_owner
from huiyin.cases.actions.letters import RECEIPT
from huiyin.cases.actions.marking import mark
from huiyin.cases.actions.moving import opened
from huiyin.cases.actions.put_under import put_under
from huiyin.cases.actions.routing import person_for
from huiyin.cases.actions.telling import new_link, tell_customer
from huiyin.cases.actions.unanswered import waits_from_start
from huiyin.cases.events import CaseOpened
from huiyin.cases.models import Case, CaseEscalation, CaseIdentity
from huiyin.cases.queries.customers import Known, known_customer, tier_of
from huiyin.cases.queries.identity import Person, earlier_complaints
from huiyin.cases.queries.numbers import next_number
from huiyin.cases.queries.routing import route_for
from huiyin.cases.queries.settings import Settings, settings_at
from huiyin.cases.queries.sla import policy_for
from huiyin.cases.rules.emotion import Felt, felt
from huiyin.cases.rules.kinds import LEVEL_RANK
from huiyin.cases.rules.new_case import NewCase, check_new
from huiyin.cases.rules.states import State
from huiyin.cases.rules.threads import title_of
from huiyin.cases.rules.triage import Suggestion, TriageFacts, because, suggest
from huiyin.customers.public import normal_phone
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department


def open_new(act: Act, new: NewCase) -> Case:
    """Writes a new case with its stage, clocks, history and receipt.

    Raises:
        Invalid: values are missing or make no sense.
    """
    check_new(new, act.now)
    known = known_customer(new.customer_id)
    if new.customer_id is not None and known is None:
        why = message(_("There is no such customer."))
        raise Invalid(why, {"customer_id": why})
    case = _built(act, new, settings_at(act.now), known)
    chosen = policy_for(case, tier_of(known), act.now)
    policy = put_under(case, chosen)
    foresee(act.call, case, policy, case.received_at)
    insert(case)
    if new.identity_id:
        insert(CaseIdentity(case=case, identity_id=new.identity_id))
    opened(act, case)
    owed_about(act, case, new=True)
    start_clocks(act, case, "received", case.received_at, policy)
    act.record(case, customer_id=case.customer_id, number=case.number, level=case.level, channel=case.channel)
    if case.customer_id or case.reporter_email:
        tell_customer(act, case, RECEIPT, new_link(act, case), known)
    mark(case)
    _tell(act, case, escalate(act, case, new=True))
    act.emit(CaseOpened(case.pk))
    return case


def _built(act: Act, new: NewCase, settings: Settings, known: Known | None) -> Case:
    person = Person(
        new.customer_id, normal_phone(new.reporter_phone) or new.reporter_phone, new.reporter_email, new.identity_id
    )
    earlier = earlier_complaints(person, act.now, settings.conduct.repeat_days)
    repeated = earlier is not None and new.kind == "complaint"
    suggestion = suggest(_triage_facts(new, known, repeated=repeated), settings.weights)
    case = _as_told(new, act)
    case.customer_id = known.pk if known else None
    case.unanswered_since = case.received_at if waits_from_start(act, case) else None
    case.repeated = repeated
    case.earlier_complaints = earlier.times if earlier and repeated else 0
    case.repeat_of_id = earlier.pk if earlier and repeated and earlier.topic == new.topic else None
    _level(act, case, new, suggestion)
    _route(act, case, known)
    return case


def _as_told(new: NewCase, act: Act) -> Case:
    received = new.received_at or act.now
    return Case(
        number=next_number(act.now),
        kind=new.kind,
        topic=new.topic,
        problem_type_id=new.problem_type_id,
        channel=new.channel,
        title=(new.title.strip() or title_of(new.description))[:200],
        description=new.description.strip(),
        happened_at=new.happened_at,
        received_at=received,
        state=State.OPEN,
        state_since=act.now,
        product_id=new.product_id,
        product_name=new.product_name[:120],
        serial=new.serial[:80],
        frequency=new.frequency[:200],
        wanted_by=new.wanted_by,
        wish=new.wish,
        emotion=new.emotion,
        severity=new.severity,
        reach=new.reach,
        store_id=new.store_id,
        reporter_name=new.reporter_name[:80],
        reporter_phone=normal_phone(new.reporter_phone) or new.reporter_phone[:30],
        reporter_email=new.reporter_email,
        reporter_language=new.reporter_language,
        source=new.source[0] if new.source else "",
        source_id=new.source[1] if new.source else None,
        created_by_id=new.recorded_by_id or act.actor.staff_id,
    )


def _triage_facts(new: NewCase, known: Known | None, *, repeated: bool) -> TriageFacts:
    return TriageFacts(
        severity=new.severity,
        reach=new.reach,
        tier=tier_of(known),
        emotion=new.emotion or _felt(new).emotion,
        kind=new.kind,
        repeated=repeated,
    )


def _felt(new: NewCase) -> Felt:
    return felt(f"{new.title}\n{new.description}")


def _level(act: Act, case: Case, new: NewCase, suggestion: Suggestion) -> None:
    case.suggested_level = suggestion.level
    case.suggested_because = because(suggestion, () if new.emotion else _felt(new).words)
    case.needs_senior = suggestion.senior
    case.level = new.level or suggestion.level
    case.level_rank = LEVEL_RANK[case.level]
    if new.level:
        case.level_by_id, case.level_at = act.actor.staff_id, act.now


def _route(act: Act, case: Case, known: Known | None) -> None:
    """The rule's department, and the person it finds there; else whoever noted the case down and may work on it."""
    rule = route_for(case, tier_of(known), act.now)
    case.department = Department.objects.filter(code=rule.department).first()
    case.owner_id = person_for(act, rule, case.department) if case.department else None
    if case.owner_id is None and act.actor.may("cases.work"):
        case.owner_id = act.actor.staff_id


def _tell(act: Act, case: Case, told: list[CaseEscalation]) -> None:
    """Whoever a rule found hears of it; the head does of a case nobody owns yet, unless told why it is pressing."""
    head = head_of(case)
    if case.owner_id is not None and case.owner_id != head:
        tell_owner(act, case)
    elif case.owner_id is None and not any(head in each.told for each in told):
        tell_head(act, case)
