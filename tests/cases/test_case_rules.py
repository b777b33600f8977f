"""Triage weights, escalation and likeness are data: versions with a date and a reason, tried before they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.save_rules import save_case_rules
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.models import CaseRules
from huiyin.cases.queries.levels import agreement_since, facts_of_last
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.rules.shipped import TRIAGE
from huiyin.cases.rules.triage import FACTORS, TriageFacts, Weights
from huiyin.cases.rules.weights import agreement, checked_weights, effect
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.organisation.models import Staff
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]
TODAY = dt.date(2026, 9, 28)
SHARPER = {**TRIAGE, "points": {**TRIAGE["points"], "kind": {"complaint": 7}}}


def save(
    cases: Cases, data: dict[str, object], kind: str = "triage", day: dt.date = TODAY, **more: object
) -> CaseRules:
    return save_case_rules(cases.company.call("director"), kind, data, effective_from=day, reason="试行", **more)


def test_new_weights_hold_from_their_day_and_cases_keep_their_level(cases: Cases, clock: MovableClock) -> None:
    before = cases.open(customer_id=None)
    save(cases, SHARPER, day=dt.date(2026, 9, 30))
    assert cases.open(customer_id=None).suggested_level == "general"
    clock.set("2026-09-30 09:00")
    assert cases.open(customer_id=None).suggested_level == "urgent"
    before.refresh_from_db()
    assert before.level == "general"


def test_a_change_needs_a_reason_a_day_to_come_and_a_difference(cases: Cases) -> None:
    with pytest.raises(Invalid):
        save(cases, SHARPER, day=dt.date(2026, 9, 27))
    with pytest.raises(Invalid):
        save_case_rules(cases.company.call("director"), "triage", SHARPER, effective_from=TODAY, reason=" ")
    with pytest.raises(Conflict):
        save(cases, TRIAGE)
    with pytest.raises(Forbidden):
        save_case_rules(cases.company.call("agent"), "triage", SHARPER, effective_from=TODAY, reason="x")
    assert CaseRules.objects.count() == 0


def test_two_who_change_the_same_version_do_not_overwrite_each_other(cases: Cases) -> None:
    save(cases, SHARPER, expected=0)
    with pytest.raises(Conflict):
        save(cases, {**SHARPER, "urgent_from": 9}, expected=0)
    assert CaseRules.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"urgent_from": 3}, "urgent_from"),
        ({"important_from": 0}, "urgent_from"),
        ({"points": {"kind": {"complaint": 51}}}, "kind.complaint"),
        ({"points": {"kind": {"complaint": -1}}}, "kind.complaint"),
    ],
)
def test_weights_that_make_no_sense_are_refused_by_name(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_weights({**TRIAGE, **change})
    assert field in refused.value.fields


def test_shipped_weights_pass_as_they_are() -> None:
    assert checked_weights(TRIAGE) == TRIAGE


def test_trying_counts_which_levels_would_change() -> None:
    facts = [TriageFacts(kind="complaint"), TriageFacts(kind="inquiry"), TriageFacts(severity="down")]
    tried = effect(facts, Weights.of(TRIAGE), Weights.of(checked_weights(SHARPER)))
    assert (tried.cases, tried.changed, tried.share) == (3, 1, 33.3)
    assert [(each.before, each.after, each.count) for each in tried.moved] == [("general", "urgent", 1)]


@given(
    st.lists(
        st.builds(
            TriageFacts,
            severity=st.sampled_from(["", "down", "function", "limited"]),
            emotion=st.sampled_from(["", "angry", "neutral"]),
            repeated=st.booleans(),
        ),
        max_size=20,
    )
)
def test_the_same_weights_change_nothing(facts: list[TriageFacts]) -> None:
    tried = effect(facts, Weights.of(TRIAGE), Weights.of(TRIAGE))
    assert (tried.cases, tried.changed, tried.moved) == (len(facts), 0, ())


def test_agreement_is_the_share_on_the_diagonal(cases: Cases) -> None:
    first, second = cases.open(), cases.open(kind="inquiry")
    call = cases.company.call("agent")
    triage_case(call, first.pk, level=first.suggested_level)
    triage_case(call, second.pk, level="urgent", reason="客户明天开业")
    cases.open()
    told = agreement_since(call.now)
    assert (told.decided, told.agreed, told.share) == (2, 1, 50.0)
    assert agreement({}).share == 0.0


def test_facts_of_the_last_cases_know_what_words_sound_like(cases: Cases) -> None:
    cases.open(customer_id=None, description="你们都是骗子")
    assert facts_of_last() == [TriageFacts(tier="potential", emotion="angry", kind="complaint")]


def first(client: Client, address: str) -> dict[str, object]:
    form = client.get(address).context["form"]
    return {name: "" if value is None else value for name, value in form.initial.items()}


@pytest.mark.parametrize(("language", "optional"), [("zh-hans", "选填"), ("en", "optional")])
def test_points_always_have_a_value_and_are_not_called_optional(
    company: Company, sign_in: SignIn, language: str, optional: str
) -> None:
    Staff.objects.filter(pk=company.staff["director"].pk).update(language=language)
    page = sign_in("director").get("/cases/triage/").content.decode()
    assert page.count('placeholder="0"') == sum(map(len, FACTORS.values()))
    assert f'<span class="optional">{optional}</span>' not in page


def test_weights_are_tried_and_saved_on_the_page(cases: Cases, sign_in: SignIn) -> None:
    cases.open(customer_id=None)
    client = sign_in("director")
    given = {**first(client, "/cases/triage/"), "kind.complaint": 9, "version": 0, "reason": "旺季"}
    tried = client.post("/cases/triage/", {**given, "do": "try"}).content.decode()
    assert "最近 1 张工单中有 1 张的建议级别会改变" in tried
    assert CaseRules.objects.count() == 0
    assert client.post("/cases/triage/", {**given, "do": "save"}).status_code == 302
    assert CaseRules.objects.get().data["points"]["kind"] == {"complaint": 9}
    assert "旺季" in client.get("/cases/triage/").content.decode()
    assert client.post("/cases/triage/", {**given, "do": "save", "reason": ""}).status_code == 422


def test_escalation_and_likeness_are_saved_on_their_page(cases: Cases, sign_in: SignIn) -> None:
    client = sign_in("service_manager")
    given = {
        "of": "escalation",
        "urgent": ["head", "director"],
        "times": 3,
        "effective_from": "2026-09-28",
        "version": 0,
    }
    assert client.post("/cases/escalation/", {**given, "reason": "董事长要求"}).status_code == 302
    now = cases.company.call("agent").now
    assert settings_at(now).escalation == {
        "urgent": {"to": ["head", "director"]},
        "angry": {"to": []},
        "repeated": {"to": [], "times": 3},
    }
    numbers = {"days": 30, "by_text": 40, "by_person": 25, "by_serial": 5, "shown": 3}
    told = {**numbers, "of": "likeness", "effective_from": "2026-09-28", "reason": "少些提示", "version": 0}
    assert client.post("/cases/escalation/", told).status_code == 302
    assert settings_at(now).likeness.as_data() == numbers
    assert client.post("/cases/escalation/", {**told, "days": 0}).status_code == 422


@pytest.mark.parametrize("address", ["/cases/triage/", "/cases/escalation/"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("director", 200),
        ("service_manager", 200),
        ("agent", 403),
        ("rnd_head", 403),
        ("quality", 403),
        ("auditor", 403),
    ],
)
def test_managers_alone_change_the_rules(cases: Cases, sign_in: SignIn, address: str, who: str, status: int) -> None:
    assert sign_in(who).get(address).status_code == status
