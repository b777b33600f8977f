"""Policies stand in a list; the first that fits a case gives its clocks, an agreement comes before the list."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.cases.actions.recognise import recognise_customer
from huiyin.cases.actions.save_sla import save_sla, save_sla_list
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.models import Agreement, Case, SlaList, SlaPolicy
from huiyin.cases.queries.sla import policies_on
from huiyin.cases.queries.sla_contents import content_of
from huiyin.cases.rules.sla_list import never_asked
from huiyin.customers.public import Customer
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from tests.cases.conftest import Cases, owed
from tests.conftest import Company, MovableClock

TODAY = date(2026, 9, 28)
VIP = {"all": [{"field": "tier", "is": "in", "value": ["vip"]}]}
FIRST = {"level": "*", "start": "received", "goal": "first_response", "amount": 1, "unit": "hours"}
SOLVE = {"level": "*", "start": "received", "goal": "solve", "amount": 2, "unit": "working_days"}


def policy(code: str = "vip", **values: object) -> dict[str, object]:
    """A policy for VIP customers, unless other values are given."""
    given = {"code": code, "name": "重要客户", "calendar": "standard", "filter": VIP, "pauses": ["customer"]}
    return given | {"clocks": [FIRST, SOLVE]} | values


def saved(company: Company, *, day: date = TODAY, expected: int | None = None, **values: object) -> SlaPolicy:
    return save_sla(company.call("director"), policy(**values), effective_from=day, reason="约定", expected=expected)


def ordered(company: Company, *codes: str, day: date = TODAY) -> SlaList:
    return save_sla_list(company.call("director"), codes, effective_from=day, reason="约定")


@pytest.fixture
def vip_first(company: Company) -> None:
    saved(company)
    ordered(company, "vip", "standard")


@pytest.mark.usefixtures("vip_first")
def test_the_first_policy_that_fits_gives_the_clocks(cases: Cases, company: Company) -> None:
    mine = cases.open(kind="inquiry", topic="other", level="general")
    other = cases.open(kind="inquiry", topic="other", level="general", customer_id=None, reporter_name="王先生")
    assert (mine.policy, mine.policy_version, mine.policy_list) == ("vip", 1, 2)
    assert owed(mine) == {"first_response": "09-28 10:00", "solve": "09-30 09:00"}
    assert (other.policy, other.policy_list, owed(other)["solve"]) == ("standard", 2, "10-10 09:00")


def test_both_shipped_sets_are_there_and_the_table_is_the_default_sla_1(cases: Cases, company: Company) -> None:
    assert set(policies_on(TODAY)) == {"standard", "quick"}
    assert cases.open(level="general").policy == "standard"
    ordered(company, "quick")
    case = cases.open(kind="inquiry", topic="other", level="general")
    assert (case.policy, owed(case)["first_response"], owed(case)["solve"]) == ("quick", "09-29 09:00", "10-08 09:00")


def test_a_list_whose_last_policy_is_not_for_every_case_is_refused_in_words(company: Company) -> None:
    saved(company)
    with pytest.raises(Invalid) as refused:
        ordered(company, "standard", "vip")
    assert "重要客户" in say(refused.value.fields["codes"])
    for codes in ((), ("standard", "standard"), ("nothing",)):
        with pytest.raises(Invalid):
            ordered(company, *codes)
    assert SlaList.objects.count() == 1


def test_the_last_policy_cannot_get_a_condition_while_it_is_the_last(company: Company) -> None:
    standard = content_of(SlaPolicy.objects.get(code="standard"))
    with pytest.raises(Invalid) as refused:
        save_sla(company.call("director"), standard | {"filter": VIP}, effective_from=TODAY, reason="试")
    assert set(refused.value.fields) == {"filter"}
    assert SlaPolicy.objects.filter(code="standard").count() == 1


def test_a_policy_that_matches_everything_hides_what_stands_behind_it(company: Company) -> None:
    saved(company)
    held = policies_on(TODAY)
    assert never_asked([held["vip"], held["standard"]]) is None
    assert never_asked([held["standard"], held["vip"]]) == (held["standard"], [held["vip"]])


@pytest.mark.usefixtures("vip_first")
def test_an_agreement_comes_before_the_list_while_it_is_valid(
    cases: Cases, company: Company, customer: Customer, clock: MovableClock
) -> None:
    Agreement.objects.create(
        code="HT-2026-07", customer=customer, policy="quick", valid_from=TODAY, valid_to=date(2026, 10, 8)
    )
    case = cases.open(kind="inquiry", topic="other", level="general")
    assert (case.policy, case.agreement, case.policy_list) == ("quick", "HT-2026-07", None)
    clock.set("2026-10-08T23:59")
    assert cases.open(kind="inquiry", topic="other", level="general").agreement == "HT-2026-07"
    clock.set("2026-10-09T00:00")
    later = cases.open(kind="inquiry", topic="other", level="general")
    assert (later.policy, later.agreement) == ("vip", "")


@pytest.mark.usefixtures("vip_first")
def test_a_customer_recognised_later_brings_the_policy_and_starts_stay(
    cases: Cases, company: Company, customer: Customer, clock: MovableClock
) -> None:
    case = cases.open(kind="inquiry", topic="other", level="general", customer_id=None, reporter_name="林悦")
    assert owed(case)["solve"] == "10-10 09:00"
    clock.set("2026-09-28T09:30")
    recognise_customer(company.call("agent"), case.pk, number=customer.number)
    case.refresh_from_db()
    assert (case.policy, owed(case)) == ("vip", {"first_response": "09-28 10:00", "solve": "09-30 09:00"})


@pytest.mark.usefixtures("vip_first")
def test_sla_6_a_new_version_takes_effect_on_its_day_and_leaves_running_clocks(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    values = {"kind": "inquiry", "topic": "other", "level": "general"}
    before = cases.open(**values)
    saved(company, day=date(2026, 9, 29), expected=1, clocks=[FIRST | {"amount": 3}])
    same_day = cases.open(**values)
    clock.set("2026-09-29T09:00")
    after = cases.open(**values)
    assert [each.policy_version for each in (before, same_day, after)] == [1, 1, 2]
    assert owed(after) == {"first_response": "09-29 12:00"}
    before.refresh_from_db()
    assert owed(before) == {"first_response": "09-28 10:00", "solve": "09-30 09:00"}
    triage_case(company.call("agent"), before.pk, level="important", reason="客户再次来电")
    assert (Case.objects.get(pk=before.pk).policy_version, owed(before)["solve"]) == (1, "09-30 09:00")


def test_who_may_not_change_clocks_cannot(company: Company) -> None:
    for who in ("agent", "rnd_head", "store_manager"):
        with pytest.raises(Forbidden):
            save_sla(company.call(who), policy(), effective_from=TODAY, reason="试")
        with pytest.raises(Forbidden):
            save_sla_list(company.call(who), ["quick"], effective_from=TODAY, reason="试")


@pytest.mark.usefixtures("vip_first")
def test_nothing_is_saved_twice_by_two_who_changed_the_same_version(company: Company) -> None:
    saved(company, expected=1, name="一")
    with pytest.raises(Conflict):
        saved(company, expected=1, name="二")
    with pytest.raises(Conflict):
        saved(company, expected=2, name="一")
    with pytest.raises(Invalid) as refused:
        saved(company, expected=0, name="三")
    assert set(refused.value.fields) == {"code"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "大客户"}, "code"),
        ({"name": " "}, "name"),
        ({"calendar": "moon"}, "calendar"),
        ({"filter": {"all": [{"field": "tier", "is": "in", "value": ["gold"]}]}}, "filter"),
        ({"filter": {"all": [{"field": "state", "is": "in", "value": ["open"]}]}}, "filter"),
        ({"pauses": ["weather"]}, "pauses"),
        ({"clocks": []}, "clocks"),
        ({"clocks": [FIRST, FIRST]}, "clocks"),
        ({"clocks": [FIRST | {"goal": "peace"}]}, "clocks"),
        ({"clocks": [FIRST | {"amount": "soon"}]}, "clocks"),
        ({"clocks": [SOLVE | {"amount": 1.5}]}, "clocks"),
        ({"clocks": [FIRST | {"department": "moon"}]}, "clocks"),
        ({"magic": True}, "magic"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_with_its_place(
    company: Company, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        saved(company, **wrong)
    assert set(refused.value.fields) == {field}
    assert SlaPolicy.objects.count() == 2


def test_a_condition_that_names_what_is_gone_holds_for_no_case(cases: Cases, company: Company) -> None:
    row = saved(company)
    ordered(company, "vip", "standard")
    SlaPolicy.objects.filter(pk=row.pk).update(filter={"all": [{"field": "tier", "is": "in", "value": ["gone"]}]})
    assert cases.open(kind="inquiry", topic="other").policy == "standard"
