"""Cases that are one matter: merged, led on, undone; linked without circles (CAS-15)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.carrying import HERE
from huiyin.cases.actions.merge import merge_case, unmerge_case
from huiyin.cases.actions.note import add_note
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.tasks import add_task
from huiyin.cases.actions.tie import link_cases, unlink_cases
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.events import CaseMerged, CaseUnmerged
from huiyin.cases.models import Attachment, Case, CaseNote, CaseTie
from huiyin.cases.queries.detail import case_detail
from huiyin.cases.queries.for_customer import view_of_link
from huiyin.cases.queries.ties import ties_of
from huiyin.cases.rules.merging import Party, same_party
from huiyin.cases.rules.ties import leads_back
from huiyin.channels.public import IncomingMessage
from huiyin.customers.public import Contact, Customer
from huiyin.foundation import events
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases, owed, traces
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db


def merge(company: Company, case: Case, into: Case, **more: object) -> Case:
    given = {"into": into.number, "reason": "同一件事"} | more
    merged = merge_case(company.call("agent"), case.pk, **given)  # type: ignore[arg-type]
    into.refresh_from_db()
    case.refresh_from_db()
    return merged


def kept_file(case: Case, digest: str, clock: MovableClock) -> Attachment:
    values = {"name": f"{digest}.png", "media_type": "image/png", "size": 1, "file": "x"}
    return Attachment.objects.create(case=case, digest=digest, at=clock.now, **values)


@pytest.fixture
def other_customer(company: Company) -> Customer:
    made = Customer.objects.create(
        number="CS202609002", name="周启明", sort_key="zhou", tier="regular", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(customer=made, name="周启明", email="zhou@customer.example", is_primary=True)
    return made


def test_the_target_gets_words_files_tasks_and_links_and_the_merged_one_ends(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    into, case, third = cases.open(), cases.open(description="又停机了,请快些"), cases.open()
    clock.advance(minutes=10)
    add_note(company.call("agent"), case.pk, text="客户很着急")
    task = add_task(company.call("agent"), case.pk, title="联系厂家")
    file, twin = kept_file(case, "a", clock), kept_file(case, "b", clock)
    kept_file(into, "b", clock)
    tie = link_cases(company.call("agent"), case.pk, kind="caused_by", other=third.number)
    clock.advance(minutes=10)
    told: list[object] = []
    events.reacts_to(CaseMerged)(lambda _call, event: told.append(event))
    merge(company, case, into)
    assert (case.state, case.merged_into, case.closed_at) == ("merged", into, clock.now)
    texts = list(into.notes.filter(kind__in=["said", "note"]).order_by("at").values_list("text", flat=True))
    assert texts == ["又停机了,请快些", "客户很着急"]
    assert set(into.attachments.values_list("digest", flat=True)) == {"a", "b"}
    task.refresh_from_db()
    file.refresh_from_db()
    twin.refresh_from_db()
    tie.refresh_from_db()
    assert (task.case, file.case, twin.case, tie.case, tie.other) == (into, into, case, into, third)
    assert told == [CaseMerged(case.pk, into.pk)]
    stage = case.stages.latest("pk")
    assert (stage.verb, stage.from_state, stage.to_state, stage.reason) == (
        "merge",
        "open",
        "merged",
        f"{into.number}: 同一件事",
    )


def test_promises_of_the_merged_one_are_let_go_with_the_reason_and_the_target_keeps_its_own(
    cases: Cases, company: Company
) -> None:
    into, case = cases.open(), cases.open()
    before = owed(into)
    merge(company, case, into)
    assert owed(case) == {}
    assert owed(into) == before
    gone = Promise.objects.filter(subject="cases.case", subject_id=case.pk)
    assert {(one.state, one.evidence) for one in gone} == {("cancelled", f"{into.number}: 同一件事")}


def test_the_target_takes_the_more_pressing_level_with_its_clocks(cases: Cases, company: Company) -> None:
    into, case = cases.open(kind="inquiry"), cases.open(emotion="angry")
    assert (into.level, case.level) == ("general", "urgent")
    merge(company, case, into)
    assert (into.level, into.level_rank) == ("urgent", 1)
    assert owed(into)["solve"] == "09-29 09:00"
    unmerge_case(company.call("agent"), case.pk, reason="看错了")
    into.refresh_from_db()
    assert (into.level, owed(into)["solve"]) == ("general", "10-10 09:00")


def test_the_customers_link_of_the_merged_one_leads_on(cases: Cases, company: Company, clock: MovableClock) -> None:
    first, second, into = cases.open(), cases.open(), cases.open()
    token = first.links.get().token
    merge(company, first, second)
    merge(company, second, into)
    view = view_of_link(token, clock.now)
    assert view.case == into
    assert "压缩机十分钟后停机,店里无法营业" in [note.text for note in view.words]


def test_an_answer_by_mail_to_the_merged_number_stands_in_the_target(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    into, case = cases.open(), cases.open()
    merge(company, case, into)
    receive_message(
        Call(SYSTEM, clock.now),
        message_id=77,
        channel="email",
        sender="lin@customer.example",
        subject=f"Re: [{case.number}]",
        text="什么时候来修?",
        thread_of=None,
    )
    note = CaseNote.objects.get(message_id=77, kind="said", message="channels.incomingmessage")
    assert (note.case, note.said_in, Case.objects.count()) == (into, case, 2)
    assert not IncomingMessage.objects.exists()


def test_a_merge_into_itself_into_a_merged_or_an_ended_case_is_refused_in_words(cases: Cases, company: Company) -> None:
    case, into, ended = cases.open(), cases.open(), cases.open()
    merge(company, into, cases.open())
    Case.objects.filter(pk=ended.pk).update(state="closed")
    before = traces()
    for target, words in (
        (case, "A case cannot be merged into itself."),
        (into, f"{into.number} was itself merged into {into.merged_into and into.merged_into.number}."),
        (ended, f"{ended.number} has ended. Reopen it first"),
    ):
        with pytest.raises(Conflict) as refused:
            merge(company, case, target)
        assert str(refused.value.why).startswith(words)
    with pytest.raises(Conflict):
        merge(company, into, case)
    for number, reason in (("GD20200101-0001", "x"), (case.number, " ")):
        with pytest.raises((Invalid, Conflict)):
            merge_case(company.call("agent"), case.pk, into=number, reason=reason)
    assert traces() == before


def test_cases_of_two_customers_are_merged_only_when_somebody_says_so_and_neither_reads_the_other(
    cases: Cases, company: Company, other_customer: Customer, clock: MovableClock
) -> None:
    into = cases.open()
    case = cases.open(customer_id=other_customer.pk, description="我的地址是人民路1号")
    with pytest.raises(Invalid) as refused:
        merge(company, case, into)
    assert list(refused.value.fields) == ["two_customers"]
    merge(company, case, into, two_customers=True)
    theirs = view_of_link(case.links.get().token, clock.now)
    ours = view_of_link(into.links.get().token, clock.now)
    assert (theirs.case, theirs.said) == (
        case,
        "Your matter is handled together with another one. We tell you the result.",
    )
    assert [note.kind for note in ours.words] == ["told"]
    staff = case_detail(company.call("agent").actor, into.pk, clock.now)
    assert "我的地址是人民路1号" in [item.text for item in staff.talk]


def test_a_merge_is_undone_while_nothing_else_has_happened(cases: Cases, company: Company, clock: MovableClock) -> None:
    into, case, third = cases.open(), cases.open(), cases.open()
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等照片")
    before = owed(case), set(case.notes.values_list("pk", flat=True))
    link_cases(company.call("agent"), case.pk, kind="caused_by", other=third.number)
    merge(company, case, into)
    told: list[object] = []
    events.reacts_to(CaseUnmerged)(lambda _call, event: told.append(event))
    unmerge_case(company.call("agent"), case.pk, reason="是两件事")
    case.refresh_from_db()
    into.refresh_from_db()
    assert (case.state, case.waiting_for, case.returns_to, case.merged_into) == ("waiting", "customer", "open", None)
    assert (owed(case), set(case.notes.values_list("pk", flat=True))) == before
    states = Promise.objects.filter(subject_id=case.pk, kind="case.plan").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "paused"]
    assert CaseTie.objects.get().case == case
    assert not CaseNote.objects.filter(message=HERE).exists()
    assert told == [CaseUnmerged(case.pk, into.pk)]


def test_a_merge_is_not_undone_once_the_other_case_has_gone_on(cases: Cases, company: Company) -> None:
    into, case = cases.open(), cases.open()
    merge(company, case, into)
    cases.step(into, "verify")
    add_note(company.call("agent"), into.pk, text="已联系")
    with pytest.raises(Conflict) as refused:
        unmerge_case(company.call("agent"), case.pk, reason="x")
    assert str(refused.value.why) == (
        "The other case has gone on since (2 entries). Split off there what belongs apart."
    )


def test_the_history_of_the_target_says_what_was_merged(cases: Cases, company: Company, clock: MovableClock) -> None:
    into, case = cases.open(), cases.open()
    merge(company, case, into)
    talk = case_detail(company.call("agent").actor, into.pk, clock.now).talk
    assert [item.text for item in talk if item.label == "Another case was merged into this one"] == [
        f"{case.number} · 同一件事"
    ]
    assert [(tied.how, tied.number) for tied in ties_of(company.call("agent").actor, into.pk)] == [
        ("Merged into this one", case.number)
    ]
    assert [(tied.how, tied.number) for tied in ties_of(company.call("agent").actor, case.pk)] == [
        ("Goes on in", into.number)
    ]


def test_links_read_from_both_ends_and_can_be_taken_away_from_either(cases: Cases, company: Company) -> None:
    one, other = cases.open(), cases.open()
    actor = company.call("agent").actor
    tie = link_cases(company.call("agent"), other.pk, kind="caused_by", other=one.number)
    assert link_cases(company.call("agent"), other.pk, kind="caused_by", other=one.number) == tie
    assert [tied.how for tied in ties_of(actor, other.pk)] == ["Caused by"]
    assert [tied.how for tied in ties_of(actor, one.pk)] == ["Cause of"]
    unlink_cases(company.call("agent"), one.pk, tie_id=tie.pk)
    assert not CaseTie.objects.exists()
    with pytest.raises(NotFound):
        unlink_cases(company.call("agent"), one.pk, tie_id=tie.pk)


def test_related_is_one_link_whichever_end_says_it(cases: Cases, company: Company) -> None:
    one, other = cases.open(), cases.open()
    link_cases(company.call("agent"), one.pk, kind="related", other=other.number)
    link_cases(company.call("agent"), other.pk, kind="related", other=one.number)
    assert CaseTie.objects.count() == 1


def test_links_to_itself_in_a_circle_and_to_two_wholes_are_refused(cases: Cases, company: Company) -> None:
    a, b, c = cases.open(), cases.open(), cases.open()
    call = company.call("agent")
    link_cases(call, a.pk, kind="part_of", other=b.number)
    link_cases(call, b.pk, kind="part_of", other=c.number)
    for case, other, words in (
        (a, a, "A case cannot be linked to itself."),
        (c, a, "This link would lead in a circle."),
        (a, c, f"This case is a part of {b.number} already."),
    ):
        with pytest.raises(Conflict) as refused:
            link_cases(call, case.pk, kind="part_of", other=other.number)
        assert str(refused.value.why) == words


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=30))
def test_ties_that_pass_never_make_a_circle(pairs: list[tuple[int, int]]) -> None:
    ties: dict[int, set[int]] = {}
    for case, other in pairs:
        if not leads_back(case, other, ties):
            ties.setdefault(case, set()).add(other)
    for start, ends in ties.items():
        assert not any(leads_back(start, end, ties) for end in ends)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Party(1), Party(1), True),
        (Party(1), Party(2), False),
        (Party(1, "+8613800000042"), Party(2, "+8613800000042"), False),
        (Party(1, "+8613800000042"), Party(None, "+8613800000042"), True),
        (Party(email="A@x.cn"), Party(email="a@X.cn"), True),
        (Party(), Party(), False),
    ],
)
def test_two_cases_are_of_one_customer_by_file_phone_or_mail(one: Party, other: Party, *, same: bool) -> None:
    assert same_party(one, other) is same
