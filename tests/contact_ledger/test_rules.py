"""May this person be contacted now: the rules by themselves (VIS-14, VIS-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.contact_ledger.rules.asking import Answer, ContactFacts, Hours, block_of, may_contact
from huiyin.contact_ledger.rules.numbers import ContactNumbers, numbers_from, numbers_to
from huiyin.contact_ledger.rules.words import Purpose, Way
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.windows import Hours as LikedHours
from huiyin.kernel.windows import Liked, OpenWindow, open_windows

SHANGHAI = ZoneInfo("Asia/Shanghai")
NUMBERS = ContactNumbers()
FREE = ContactFacts()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


TUESDAY = at("2026-09-29 10:15")


def open_on(*windows: object) -> tuple[OpenWindow, ...]:
    days = [date(2026, 9, 28) + timedelta(days=n) for n in range(5)]
    hours = [(datetime.combine(day, time.min, SHANGHAI), datetime.combine(day, time(23, 59), SHANGHAI)) for day in days]
    return open_windows(windows, hours, hours[0][0])  # type: ignore[arg-type]


HOURS = Hours(open_on(NUMBERS.awake), open_on(*NUMBERS.windows[Way.PHONE]))
DAYS_AGO = {n: TUESDAY - timedelta(days=n) for n in (3, 7, 30, 200)}

BLOCKS = [
    (FREE, "follow_up", None),
    (ContactFacts(do_not_contact=True), "follow_up", "do_not_contact"),
    (ContactFacts(do_not_contact=True), "owed", "do_not_contact"),
    (ContactFacts(do_not_contact=True), "answer", None),
    (ContactFacts(opted_out=True), "owed", "opted_out"),
    (ContactFacts(opted_out=True), "answer", None),
    (ContactFacts(has_address=False), "answer", "no_address"),
    (FREE, "campaign", "no_consent"),
    (ContactFacts(consents=frozenset({"campaign"})), "campaign", None),
    (ContactFacts(refused_at=DAYS_AGO[30]), "follow_up", "refused_before"),
    (ContactFacts(refused_at=DAYS_AGO[200]), "follow_up", None),
    (ContactFacts(refused_at=DAYS_AGO[30]), "owed", None),
    (ContactFacts(last_contact=DAYS_AGO[3], this_month=1), "follow_up", "gap"),
    (ContactFacts(last_contact=DAYS_AGO[7], this_month=1), "follow_up", None),
    (ContactFacts(last_contact=DAYS_AGO[3], this_month=1), "owed", None),
    (ContactFacts(last_contact=DAYS_AGO[7], this_month=3), "follow_up", "monthly_cap"),
    (ContactFacts(last_contact=DAYS_AGO[7], this_month=3), "owed", None),
]


@pytest.mark.parametrize(("facts", "purpose", "code"), BLOCKS)
def test_each_rule_binds_the_purposes_it_is_for(facts: ContactFacts, purpose: str, code: str | None) -> None:
    assert block_of(NUMBERS, facts, purpose, TUESDAY) == code


MOMENTS = [
    ("2026-09-29 09:59", "follow_up", "outside_window", "2026-09-29 10:00"),
    ("2026-09-29 10:00", "follow_up", "yes", None),
    ("2026-09-29 11:30", "follow_up", "outside_window", "2026-09-29 14:00"),
    ("2026-09-29 16:30", "owed", "outside_window", "2026-09-30 10:00"),
    ("2026-09-28 10:15", "follow_up", "outside_window", "2026-09-28 14:00"),
    ("2026-09-29 12:30", "answer", "yes", None),
    ("2026-09-29 21:00", "answer", "at_rest", "2026-09-30 08:00"),
    ("2026-09-29 07:59", "owed", "at_rest", "2026-09-29 08:00"),
]


@pytest.mark.parametrize(("now", "purpose", "code", "from_when"), MOMENTS)
def test_calls_keep_to_their_windows_and_nothing_breaks_the_rest(
    now: str, purpose: str, code: str, from_when: str | None
) -> None:
    answer = may_contact(NUMBERS, FREE, HOURS, purpose, at(now))
    assert (answer.code, answer.from_when) == (code, at(from_when) if from_when else None)


def test_the_customers_own_hours_narrow_the_windows() -> None:
    afternoons = ContactFacts(liked=Liked((LikedHours(time(12), time(18)),), frozenset()))
    answer = may_contact(NUMBERS, afternoons, HOURS, Purpose.FOLLOW_UP, TUESDAY)
    assert (answer.code, answer.from_when) == ("outside_hours", at("2026-09-29 14:00"))


def test_a_time_the_customer_named_opens_windows_and_spacing_but_not_rest_and_silence() -> None:
    tired = ContactFacts(last_contact=DAYS_AGO[3], this_month=9, refused_at=DAYS_AGO[30])

    def ask(now: str, facts: ContactFacts = tired) -> Answer:
        return may_contact(NUMBERS, facts, HOURS, Purpose.FOLLOW_UP, at(now), asked_for=at("2026-09-29 17:30"))

    assert ask("2026-09-29 17:29").code == "not_yet"
    assert ask("2026-09-29 17:29").from_when == at("2026-09-29 17:30")
    assert ask("2026-09-29 17:30").allowed
    assert ask("2026-09-29 21:30").code == "at_rest"
    assert ask("2026-09-29 17:30", replace(tired, do_not_contact=True)).code == "do_not_contact"


def test_it_says_when_a_gap_and_a_refusal_end() -> None:
    gap = may_contact(NUMBERS, ContactFacts(last_contact=DAYS_AGO[3]), HOURS, "follow_up", TUESDAY)
    refusal = may_contact(NUMBERS, ContactFacts(refused_at=DAYS_AGO[30]), HOURS, "follow_up", TUESDAY)
    assert gap.from_when == TUESDAY + timedelta(days=4)
    assert refusal.from_when == TUESDAY + timedelta(days=150)


facts = st.builds(
    ContactFacts,
    do_not_contact=st.booleans(),
    opted_out=st.booleans(),
    has_address=st.booleans(),
    consents=st.frozensets(st.sampled_from([*Purpose])),
    last_contact=st.none() | st.integers(0, 40).map(lambda days: TUESDAY - timedelta(days=days)),
    this_month=st.integers(0, 6),
    refused_at=st.none() | st.integers(0, 400).map(lambda days: TUESDAY - timedelta(days=days)),
)
moments = st.integers(0, 4 * 24 * 60).map(lambda minutes: at("2026-09-28 00:00") + timedelta(minutes=minutes))


@given(facts, st.sampled_from([*Purpose]), moments)
def test_a_yes_never_breaks_rest_silence_gap_or_cap(known: ContactFacts, purpose: Purpose, now: datetime) -> None:
    answer = may_contact(NUMBERS, known, HOURS, purpose, now)
    if not answer.allowed:
        assert answer.code != "yes"
        return
    assert known.has_address
    assert time(8) <= now.time() < time(21)
    if purpose != Purpose.ANSWER:
        assert not known.do_not_contact
        assert not known.opted_out
        assert (time(10) <= now.time() < time(11, 30) and now.weekday() != 0) or time(14) <= now.time() < time(16, 30)
    if purpose in (Purpose.FOLLOW_UP, Purpose.CAMPAIGN):
        assert known.this_month < 3
        assert known.last_contact is None or now - known.last_contact >= timedelta(days=7)


@given(facts, st.sampled_from([*Purpose]), moments)
def test_the_moment_it_names_is_later_and_no_longer_forbidden_for_that_reason(
    known: ContactFacts, purpose: Purpose, now: datetime
) -> None:
    answer = may_contact(NUMBERS, known, HOURS, purpose, now)
    if answer.from_when is not None:
        assert answer.from_when > now
        assert may_contact(NUMBERS, known, HOURS, purpose, answer.from_when).code != answer.code


def test_numbers_survive_the_way_through_a_file() -> None:
    changed = replace(NUMBERS, gap=timedelta(days=10), monthly_cap=2, windows={Way.PHONE: NUMBERS.windows[Way.PHONE]})
    assert numbers_from(numbers_to(changed)) == changed
    assert numbers_from({}) == NUMBERS


@pytest.mark.parametrize(
    "wrong",
    [
        {"monthly_cap": 0},
        {"gap_days": -1},
        {"gap_days": "soon"},
        {"claim_minutes": 0},
        {"awake": ["21:00", "08:00"]},
        {"awake": ["25:00", "26:00"]},
        {"windows": {"phone": [["10:00"]]}},
        {"windows": {"pigeon": [["10:00", "11:00"]]}},
        {"gap_days": 1e12},
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        numbers_from(wrong)
