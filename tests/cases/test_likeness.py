"""Duplicates and repeat complainers are found over channels and texts, and say why."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.mark_old import mark_slice
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.models import Case, CaseEscalation, CaseMarks, CaseRules
from huiyin.cases.queries.alike import Told, alike, told_by
from huiyin.cases.queries.identity import Person
from huiyin.cases.rules.alike import DUPLICATE, EARLIER, LikenessNumbers, in_words, judged
from huiyin.cases.rules.escalation import ESCALATION, Standing, steps_for
from huiyin.cases.rules.likeness import likeness, marks, pairs
from huiyin.cases.tasks import mark_old_cases
from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.foundation.forms import say
from tests.cases.conftest import Cases
from tests.conftest import MovableClock

LEAK = "净水器滤芯座漏水,厨房地板泡坏了,前天打过热线没有人回"
AGAIN = "厨房净水器滤芯座一直漏水,地板都泡坏了,热线也没人回我"
OTHER = "洗衣机脱水时跳到走廊里去,震动很大,邻居来敲门"
NUMBERS = LikenessNumbers()


def found(cases: Cases, case: Case, who: str = "director") -> list[tuple[str, str, int]]:
    rows = alike(cases.company.actor(who), told_by(case), NUMBERS, cases.company.call(who).now)
    return [(each.number, each.judged, each.percent) for each in rows]


def reasons(cases: Cases, case: Case) -> list[list[str]]:
    rows = alike(cases.company.actor("director"), told_by(case), NUMBERS, cases.company.call("director").now)
    return [[say(text) for text in in_words(each.same, each.percent)] for each in rows]


def stranger(cases: Cases, **values: object) -> Case:
    return cases.open(customer_id=None, **values)


def test_the_same_words_of_a_stranger_are_the_same_matter(cases: Cases) -> None:
    first = stranger(cases, description=LEAK)
    stranger(cases, description=OTHER)
    second = stranger(cases, description=LEAK + ",请尽快上门")
    assert [(number, verdict) for number, verdict, _percent in found(cases, second)] == [(first.number, DUPLICATE)]
    assert found(cases, second)[0][2] == 92


def test_the_same_device_and_other_words_say_both(cases: Cases) -> None:
    first = stranger(cases, description=LEAK, serial="SN-77", channel="phone")
    second = stranger(cases, description=AGAIN, serial="SN-77", channel="email")
    assert found(cases, second) == [(first.number, DUPLICATE, 57)]
    assert reasons(cases, second) == [["相同序列号", "相似度 57%"]]


def test_another_matter_of_the_same_customer_is_told_apart(cases: Cases) -> None:
    first = cases.open(description=LEAK)
    second = cases.open(description=OTHER)
    assert [(number, verdict) for number, verdict, _percent in found(cases, second)] == [(first.number, EARLIER)]


def test_who_calls_and_then_writes_is_one_person(cases: Cases) -> None:
    by_phone = stranger(cases, description=LEAK, reporter_phone="13800000042")  # the number in 林悦's file
    receive_message(
        system_call(),
        message_id=1,
        channel="email",
        sender="LIN@customer.example",
        subject="净水器漏水",
        text=AGAIN,
        thread_of=None,
    )
    mail = Case.objects.exclude(pk=by_phone.pk).get()
    assert mail.customer == cases.customer
    assert found(cases, mail)[0][:2] == (by_phone.number, DUPLICATE)
    assert reasons(cases, mail)[0][0] == "相同电话"


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        ({"customer_id": None, "reporter_phone": "13800000042"}, {}, True),
        ({}, {"customer_id": None, "reporter_phone": "138 0000 0042"}, True),
        (
            {"customer_id": None, "reporter_email": "lin@customer.example"},
            {"customer_id": None, "reporter_phone": "13800000042"},
            True,
        ),
        (
            {"customer_id": None, "reporter_email": "A@x.example"},
            {"customer_id": None, "reporter_email": "a@X.example"},
            True,
        ),
        ({"customer_id": None, "reporter_phone": "13800000043"}, {}, False),
        ({"kind": "inquiry"}, {}, False),
        ({}, {"kind": "inquiry"}, False),
        ({"customer_id": None}, {"customer_id": None}, False),
    ],
)
def test_a_repeat_complainer_is_recognised_over_channels(
    cases: Cases, first: dict[str, object], second: dict[str, object], repeated: bool
) -> None:
    cases.open(**first)
    case = cases.open(**second)
    assert (case.repeated, case.earlier_complaints) == (repeated, int(repeated))
    assert case.needs_senior is repeated


def test_after_the_days_of_the_policy_nobody_repeats(cases: Cases, clock: MovableClock) -> None:
    cases.open()
    clock.advance(days=91)
    assert cases.open().earlier_complaints == 0


def told_people(case: Case) -> dict[str, list[str]]:
    from huiyin.organisation.public import Staff

    names = dict(Staff.objects.values_list("pk", "name"))
    return {each.why: sorted(names[pk] for pk in each.told) for each in CaseEscalation.objects.filter(case=case)}


def notices(case: Case) -> int:
    return StaffNotice.objects.filter(page="case", args=[case.pk]).count()


def test_a_repeated_complainer_reaches_head_and_managers_once(cases: Cases) -> None:
    cases.open()
    case = cases.open()
    assert told_people(case) == {"repeated": ["service_manager", "technical_head"]}
    assert notices(case) == 2
    triage_case(cases.company.call("agent"), case.pk, level=case.level, severity="limited", reason="已有办法")
    assert (told_people(case), notices(case)) == ({"repeated": ["service_manager", "technical_head"]}, 2)


def test_a_case_that_becomes_urgent_or_angry_is_told_then_and_once(cases: Cases) -> None:
    case = cases.open()
    assert told_people(case) == {}
    for _n in range(2):
        triage_case(cases.company.call("agent"), case.pk, level="urgent", severity="down", emotion="angry")
    case.refresh_from_db()
    assert told_people(case) == {"urgent": ["technical_head"], "angry": ["service_manager", "technical_head"]}
    assert case.needs_senior is True


def test_angry_words_in_a_mail_reach_a_senior_without_anybody_judging(cases: Cases) -> None:
    case = stranger(cases, kind="other", channel="email", description="你们就是骗子,再不处理我就找律师曝光")
    assert (case.emotion, case.needs_senior) == ("", True)
    assert case.suggested_because[0]["words"] == ["骗子", "律师", "曝光", "不处理"]
    assert told_people(case) == {"angry": ["service_manager", "technical_head"]}


def test_to_whom_it_goes_is_data(cases: Cases) -> None:
    table = {"repeated": {"to": ["director"], "times": 3}}
    CaseRules.objects.create(kind="escalation", version=1, data=table, effective_from="2026-01-01T00:00:00Z")
    made = [cases.open() for _n in range(3)]
    assert [told_people(case) for case in made] == [{}, {}, {"repeated": ["director"]}]


def test_what_lies_outside_ones_area_is_not_shown(cases: Cases) -> None:
    stranger(cases, description=LEAK, by="technical_head")
    second = stranger(cases, description=LEAK, topic="product")
    assert found(cases, second, "rnd_head") == []
    assert len(found(cases, second, "director")) == 1


def test_a_form_that_is_being_typed_finds_as_well(cases: Cases) -> None:
    first = cases.open(description=LEAK, serial="SN-5")
    actor, now = cases.company.actor("director"), cases.company.call("director").now
    typed = (Told(serial="SN-5"), Told(description=AGAIN), Told(person=Person(phone="+8613800000042")))
    assert [[each.pk for each in alike(actor, told, NUMBERS, now)] for told in typed] == [[first.pk]] * 3
    assert alike(actor, Told(), NUMBERS, now) == []


def test_hardly_any_words_have_no_marks(cases: Cases) -> None:
    stranger(cases, description="坏了")
    assert [each.bands for each in CaseMarks.objects.all()] == [[]]


def test_a_candidate_search_costs_two_statements(
    cases: Cases, django_assert_num_queries: Callable[..., object]
) -> None:
    for _n in range(5):
        cases.open(description=LEAK)
    told = told_by(Case.objects.first())  # type: ignore[arg-type]
    call = cases.company.call("director")
    with django_assert_num_queries(2):
        alike(call.actor, told, NUMBERS, call.now)


@pytest.mark.parametrize(
    ("same", "percent", "verdict"),
    [
        ({"customer"}, 20, DUPLICATE),
        ({"customer"}, 19, EARLIER),
        ({"serial"}, 10, DUPLICATE),
        ({"serial"}, 0, EARLIER),
        (set(), 35, DUPLICATE),
        (set(), 34, ""),
        ({"product"}, 34, ""),
        ({"phone", "serial"}, 10, DUPLICATE),
    ],
)
def test_the_judgement_follows_the_numbers(same: set[str], percent: int, verdict: str) -> None:
    assert judged(frozenset(same), percent, NUMBERS) == verdict


@pytest.mark.parametrize("data", [{}, {"by_text": 0}, {"days": "9999"}, {"other": 1}])
def test_numbers_out_of_bounds_are_brought_back(data: dict[str, object]) -> None:
    numbers = LikenessNumbers.of(data)
    assert 25 <= numbers.by_text <= 100
    assert 1 <= numbers.days <= 730


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    first, second = pairs(one), pairs(other)
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 100
    assert likeness(first, first) in (0, 100)


@given(st.text(max_size=400), st.text(max_size=2500))
def test_marks_are_numbers_of_the_database_and_the_same_every_time(title: str, text: str) -> None:
    found = marks(title, text)
    assert found == marks(title, text)
    assert len(found) <= 26
    assert all(-(2**31) <= each < 2**31 for each in found)


def test_marks_find_half_alike_texts_and_leave_strangers_alone() -> None:
    dice = random.Random(7)
    alphabet = [chr(0x4E00 + n) for n in range(3_000)]
    hits = strangers = 0
    for _n in range(300):
        text = [dice.choice(alphabet) for _c in range(200)]
        changed = [each if dice.random() > 0.15 else dice.choice(alphabet) for each in text]
        other = [dice.choice(alphabet) for _c in range(200)]
        hits += bool(set(marks("", "".join(text))) & set(marks("", "".join(changed))))
        strangers += bool(set(marks("", "".join(text))) & set(marks("", "".join(other))))
    assert hits >= 280
    assert strangers == 0


def test_the_shipped_table_tells_the_head_of_urgent_and_seniors_of_anger_and_repetition() -> None:
    steps = steps_for(Standing("urgent", "angry", 2), ESCALATION)
    assert [(step.why, step.to) for step in steps] == [
        ("urgent", ("head",)),
        ("angry", ("head", "service_manager")),
        ("repeated", ("head", "service_manager")),
    ]
    assert steps_for(Standing("general", "dissatisfied", 0), ESCALATION) == []
    assert steps_for(Standing("urgent", "", 0), {}) == []


def test_cases_from_before_likeness_was_kept_are_marked_slice_by_slice(cases: Cases) -> None:
    old = [stranger(cases, description=f"{LEAK}，第 {number} 次来电") for number in range(5)]
    kept = dict(CaseMarks.objects.values_list("case_id", "bands"))
    CaseMarks.objects.exclude(case=old[2]).delete()
    below = mark_slice(size=2)
    assert (below, set(CaseMarks.objects.values_list("case_id", flat=True))) == (
        old[3].pk,
        {old[2].pk, old[3].pk, old[4].pk},
    )
    assert mark_slice(below=below, size=2) == old[0].pk
    assert mark_slice(below=old[0].pk, size=2) is None
    assert dict(CaseMarks.objects.values_list("case_id", "bands")) == kept


def test_the_nightly_job_marks_what_is_left_and_nothing_twice(cases: Cases) -> None:
    case = stranger(cases, description=LEAK)
    CaseMarks.objects.all().delete()
    assert (mark_old_cases(0), mark_old_cases(0)) == (1, 0)
    assert list(CaseMarks.objects.values_list("case_id", flat=True)) == [case.pk]
