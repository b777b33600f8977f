"""Leads change the contact rules as versions; what contradicts itself is named at its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.contact_ledger.actions.save_rules import save_rules
from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.public import ContactNumbers, rules_in_force, ship, windows_of
from huiyin.contact_ledger.rules.numbers import numbers_to, read_numbers
from huiyin.contact_ledger.rules.rule_faults import cut_windows, rule_faults
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.kernel.windows import CallWindow
from huiyin.working_time.actions.open_calendar import open_calendar
from tests.conftest import Company, MovableClock

TODAY = date(2026, 9, 15)
SHIPPED = numbers_to(ContactNumbers())
OFFICE_TUESDAY = [("Tue 09:00", "12:00"), ("Tue 13:00", "18:00")]
OFFICE = [[(time(9), time(12)), (time(13), time(18))]] * 5 + [[], []]
CONTENT: dict[str, Any] = {"calendar": "standard", "numbers": SHIPPED, "note": ""}
HOW: dict[str, Any] = {"effective_from": TODAY, "reason": "少打扰"}


@pytest.fixture
def ledger(company: Company, clock: MovableClock) -> Company:
    clock.set("2026-09-15 10:15")
    ship(company.call("director"))
    return company


def with_numbers(**changes: Any) -> dict[str, Any]:
    """The shipped rules with other numbers."""
    return {**CONTENT, "numbers": {**SHIPPED, **changes}}


def phone(*rows: list[Any]) -> dict[str, Any]:
    return {"windows": {**SHIPPED["windows"], "phone": list(rows)}}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, None),
        ({"gap_days": -1}, "gap_days"),
        ({"monthly_cap": 0}, "monthly_cap"),
        ({"refusal_days": 4000}, "refusal_days"),
        ({"claim_minutes": 0}, "claim_minutes"),
        ({"awake": ["21:00", "08:00", []]}, "awake"),
        (phone(["11:00", "10:00", []]), "windows.phone"),
        (phone(), "windows.phone"),
        (phone(["06:00", "07:00", []]), "windows.phone"),
        (phone(["12:00", "13:00", []]), "windows.phone"),
        (phone(["10:00", "11:00", [0, 1, 2, 3, 4]]), "windows.phone"),
        (phone(["10:00", "11:00", list(range(7))]), "windows.phone"),
        (phone(["10:00", "11:30", []], ["11:00", "12:00", []]), "windows.phone"),
        (phone(["10:00", "11:30", [0]], ["11:00", "12:00", [1, 2, 3, 4, 5, 6]]), None),
        ({"windows": {"sms": [["20:00", "22:00", []]]}}, "windows.sms"),
        ({"windows": {"sms": []}}, None),
        ({"working": ["phone", "email"]}, None),
        ({"working": ["phone", "pigeon"]}, "windows.pigeon"),
        ({"windows": {"pigeon": [["10:00", "11:00", []]]}}, "windows.pigeon"),
    ],
)
def test_what_contradicts_itself_is_named_at_its_field(wrong: dict[str, Any], field: str | None) -> None:
    assert list(rule_faults(read_numbers({**SHIPPED, **wrong}), OFFICE)) == ([field] if field else [])


def test_a_window_beyond_the_working_hours_is_kept_and_said() -> None:
    numbers = read_numbers({**SHIPPED, **phone(["10:00", "12:30", []], ["14:00", "16:00", []])})
    assert rule_faults(numbers, OFFICE) == {}
    assert [each.params for each in cut_windows(numbers, OFFICE)] == [{"window": "10:00–12:30"}]


def test_a_change_is_a_version_that_holds_from_its_day_on(ledger: Company) -> None:
    later = date(2026, 10, 1)
    made = save_rules(ledger.call("service_manager"), with_numbers(gap_days=10), effective_from=later, reason="节后")
    assert made.version == 2
    assert rules_in_force(TODAY).contact_numbers.gap == timedelta(days=7)
    assert rules_in_force(later).contact_numbers.gap == timedelta(days=10)


def test_what_is_refused_leaves_no_version(ledger: Company) -> None:
    manager, other = ledger.call("service_manager"), with_numbers(gap_days=9)
    with pytest.raises(Forbidden):
        save_rules(ledger.call("agent"), other, **HOW)
    with pytest.raises(Invalid) as silent:
        save_rules(manager, other, effective_from=TODAY, reason=" ")
    with pytest.raises(Invalid) as past:
        save_rules(manager, other, effective_from=date(2026, 9, 14), reason="试")
    with pytest.raises(Invalid) as wrong:
        save_rules(manager, with_numbers(monthly_cap=0), **HOW)
    with pytest.raises(Conflict):
        save_rules(manager, CONTENT, **HOW)
    with pytest.raises(Conflict):
        save_rules(manager, other, **HOW, expected=7)
    found = [list(each.value.fields) for each in (silent, past, wrong)]
    assert found == [["reason"], ["effective_from"], ["monthly_cap"]]
    assert ContactRules.objects.count() == 1


def sent_by(client: Client, **changes: str) -> dict[str, Any]:
    """The page's form as a browser would send it, with changes."""
    form = client.get(reverse("contact-rules")).context["form"]
    values = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in values.items() if value is not None}
    return {**kept, "reason": "试", "version": "1", **changes}


def test_only_leads_open_the_page(ledger: Company, sign_in: Callable[[str], Client]) -> None:
    address = reverse("contact-rules")
    assert [sign_in(who).get(address).status_code for who in ("agent", "service_manager")] == [403, 200]


def test_the_page_changes_one_number_and_keeps_the_others(ledger: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("service_manager")
    sent = sent_by(client, gap_days="10", phone_2_start="17:00", phone_2_end="17:30", once="n")
    assert client.post(reverse("contact-rules"), sent).status_code == 302
    assert client.post(reverse("contact-rules"), sent).status_code == 302
    windows = {**SHIPPED["windows"], "phone": [*SHIPPED["windows"]["phone"], ["17:00", "17:30", []]]}
    kept = ContactRules.objects.get(version=2)
    assert (kept.numbers, kept.effective_from) == ({**SHIPPED, "gap_days": 10, "windows": windows}, TODAY)
    assert ContactRules.objects.count() == 2
    page = client.get(reverse("contact-rules-versions"))
    changes = [(each.before, each.after) for each in page.context["page"].differences]
    assert changes == [
        ("7", "10"),
        (
            "10:00–11:30（星期一除外） · 14:00–16:30，仅限工作时间",
            "10:00–11:30（星期一除外） · 14:00–16:30 · 17:00–17:30，仅限工作时间",
        ),
    ]
    assert "试" in page.content.decode()


def test_every_way_has_windows_and_keeps_to_working_hours_as_entered(
    ledger: Company, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("service_manager")
    sent = sent_by(client, email_0_start="09:00", email_0_end="18:00", email_working="on", sms_0_start="", sms_0_end="")
    assert client.post(reverse("contact-rules"), sent).status_code == 302
    numbers = ContactRules.objects.get(version=2).contact_numbers
    assert numbers.windows_for("email") == (CallWindow(time(9), time(18)),)
    assert numbers.windows_for("sms") is None
    assert (numbers.windows_for("in_person"), "email" in numbers.working) == (None, True)


def test_a_way_that_keeps_to_working_hours_without_windows_is_open_in_all_of_them(ledger: Company) -> None:
    save_rules(ledger.call("director"), with_numbers(working=["phone", "email"]), **HOW)
    now = datetime(2026, 9, 15, 2, 15, tzinfo=UTC)
    opened = [(f"{each.start:%a %H:%M}", f"{each.end:%H:%M}") for each in windows_of("email", now)][:3]
    hours = OFFICE_TUESDAY
    assert opened[: len(hours)] == hours


def test_the_calendar_is_part_of_the_rules(ledger: Company) -> None:
    open_calendar(ledger.call("administrator"), code="service", name="客服")
    made = save_rules(ledger.call("service_manager"), {**CONTENT, "calendar": "service"}, **HOW)
    assert (made.version, made.calendar) == (2, "service")
    with pytest.raises(NotFound):
        save_rules(ledger.call("service_manager"), {**CONTENT, "calendar": "moon"}, **HOW)
    assert ContactRules.objects.count() == 2


def test_the_versions_are_seen_by_who_sees_contacts(ledger: Company, sign_in: Callable[[str], Client]) -> None:
    page = sign_in("auditor").get(reverse("contact-rules-versions"))
    assert (page.status_code, page.context["page"].may_change, page.context["page"].differences) == (200, False, [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"monthly_cap": "0"}, "monthly_cap"),
        ({"awake_start": "22:00"}, "awake_start"),
        ({"phone_0_start": "06:00", "phone_0_end": "07:00"}, "phone_0_start"),
        ({"phone_1_start": "11:00"}, "phone_0_start"),
        ({"phone_0_end": ""}, "phone_0_start"),
        ({"phone_0_start": "", "phone_0_end": "", "phone_1_start": "", "phone_1_end": ""}, "phone_0_start"),
        ({"email_0_start": "20:00", "email_0_end": "22:00"}, "email_0_start"),
        ({"calendar": "moon"}, "calendar"),
    ],
)
def test_the_page_says_what_is_wrong_where_it_is(
    ledger: Company, sign_in: Callable[[str], Client], wrong: dict[str, str], field: str
) -> None:
    client = sign_in("service_manager")
    answer = client.post(reverse("contact-rules"), sent_by(client, **wrong))
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert ContactRules.objects.count() == 1
