"""What a device reports is kept once and becomes service before the customer calls (CUS-7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.public import Case
from huiyin.devices.models import DeviceEvent, DeviceSource
from huiyin.devices.rules.readings import Rule, first_that_holds, read_report, read_rules, write_rules
from huiyin.foundation import clock as clocks
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.signature import signed_headers
from tests.conftest import Company, MovableClock

SECRET = "loopback-only"
NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)
REPORT = {
    "event_id": "e1",
    "serial": "SN-7",
    "at": "2026-09-28T08:59:00+08:00",
    "readings": {"temperature": 85.5, "door": "open"},
}


@pytest.fixture
def source(company: Company, monkeypatch: pytest.MonkeyPatch) -> DeviceSource:
    """The company's platform of devices."""
    monkeypatch.setenv("HUIYIN_DEVICE_TEST", SECRET)
    return DeviceSource.objects.create(
        name="物联平台", secret="env:HUIYIN_DEVICE_TEST", rules="temperature > 80 urgent 压缩机过热"
    )


def push(source: DeviceSource, body: Any = None, *, secret: str = SECRET, at: datetime | None = None) -> HttpResponse:
    content = body if isinstance(body, bytes) else json.dumps({**REPORT, **(body or {})}).encode()
    headers = signed_headers(secret, content, at or clocks.now())
    return Client().post(f"/devices/in/{source.pk}/", content, content_type="application/json", headers=headers)


def test_a_reading_over_its_limit_opens_an_urgent_case(company: Company, source: DeviceSource) -> None:
    answer = push(source)
    case = Case.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"id": DeviceEvent.objects.get().pk, "case": case.number, "new": True},
    )
    assert (case.channel, case.level, case.title, case.serial) == ("device", "urgent", "压缩机过热", "SN-7")
    assert case.description == "压缩机过热\ndoor: open\ntemperature: 85.5"


def test_the_same_report_again_changes_nothing(company: Company, source: DeviceSource) -> None:
    assert [push(source).status_code, push(source).status_code] == [201, 200]
    assert (DeviceEvent.objects.count(), Case.objects.count()) == (1, 1)


def test_a_device_that_goes_on_reporting_opens_no_second_case(
    company: Company, source: DeviceSource, clock: MovableClock
) -> None:
    push(source)
    clock.advance(hours=2)
    push(source, {"event_id": "e2"})
    assert {event.case_id for event in DeviceEvent.objects.all()} == {Case.objects.get().pk}
    clock.advance(hours=23)
    push(source, {"event_id": "e3"})
    assert Case.objects.count() == 1, "the second report was the last day's"
    clock.advance(hours=25)
    push(source, {"event_id": "e4"})
    assert Case.objects.count() == 2


def test_a_harmless_reading_is_kept_only(company: Company, source: DeviceSource) -> None:
    answer = push(source, {"readings": {"temperature": 80, "door": "open"}})
    assert (answer.status_code, answer.json()["case"]) == (201, None)
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_open_one_case(company: Company, source: DeviceSource) -> None:
    together = Barrier(2)

    def send(event: str) -> int:
        together.wait()
        try:
            return push(source, {"event_id": event}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, ["a", "b"])) == [201, 201]
    assert (DeviceEvent.objects.count(), Case.objects.count()) == (2, 1)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_or_early_signature_is_refused(company: Company, source: DeviceSource, seconds: int) -> None:
    assert push(source, at=clocks.now() + timedelta(seconds=seconds)).status_code == 401
    assert push(source, at=clocks.now() + timedelta(seconds=seconds - seconds // 301)).status_code == 201


def test_a_wrong_secret_a_changed_body_and_none_are_refused(company: Company, source: DeviceSource) -> None:
    assert push(source, secret="guess").status_code == 401
    headers = signed_headers(SECRET, b"{}", clocks.now())
    changed = Client().post(f"/devices/in/{source.pk}/", b'{"a": 1}', content_type="application/json", headers=headers)
    assert changed.status_code == 401
    assert Client().post(f"/devices/in/{source.pk}/", b"{}", content_type="application/json").status_code == 401
    DeviceSource.objects.update(secret="env:HUIYIN_DEVICE_GONE")
    assert push(source, secret="").status_code == 401
    DeviceSource.objects.update(is_active=False)
    assert push(source).status_code == 404
    assert not DeviceEvent.objects.exists()


def test_every_wrong_field_is_named_at_once(company: Company, source: DeviceSource) -> None:
    answer = push(source, {"event_id": "", "serial": 7, "at": "gestern", "readings": [1], "text": 3})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"event_id", "serial", "at", "readings", "text"}
    assert push(source, b"no json").status_code == 400
    assert push(source, b"[]").status_code == 422
    assert push(source, b"x" * (64 * 1024 + 1)).status_code == 413
    assert not DeviceEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"at": "2026-09-28T09:00:00"},
        {"at": "2026-09-28T09:11:00+08:00"},
        {"readings": {"a b": 1}},
        {"readings": {"x": [1]}},
        {"readings": {"x": 1e300}},
        {"serial": "S" * 81},
        {"event_id": "a\x00"},
    ],
)
def test_what_makes_no_sense_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        read_report({**REPORT, **body}, NOW)
    assert set(refused.value.fields) == set(body)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING)
def test_whatever_comes_is_read_or_refused_by_field(body: Any) -> None:
    with pytest.raises(Invalid) as refused:
        read_report(body, NOW)
    assert refused.value.fields


@pytest.mark.parametrize(
    ("readings", "holds"),
    [
        ({"t": 81}, True),
        ({"t": 80}, False),
        ({"t": "81"}, False),
        ({"t": True}, False),
        ({}, False),
    ],
)
def test_a_rule_holds_for_its_own_kind_of_value_only(readings: dict[str, Any], holds: bool) -> None:
    assert (first_that_holds([Rule("t", ">", 80.0, "urgent", "")], readings) is not None) is holds


def test_rules_are_read_as_they_are_written() -> None:
    text = "temperature > 80 urgent 过热\ndoor = open important 门未关\nlevel <= 5.5 general"
    assert write_rules(read_rules(text)) == text
    with pytest.raises(Invalid):
        read_rules("temperature is high")


def test_a_source_is_set_up_by_page(company: Company, sign_in: Callable[[str], Client]) -> None:
    admin = sign_in("administrator")
    values = {"name": "物联", "secret": "env:HUIYIN_DEVICE_X", "rules": "t > 1 urgent x"}
    values |= {"again_hours": "24", "window_seconds": "300"}
    made = admin.post("/device-sources/new/", {**values, "once": "1"})
    source = DeviceSource.objects.get()
    assert made["Location"] == f"/device-sources/{source.pk}/"
    assert f"/devices/in/{source.pk}/" in admin.get(made["Location"]).content.decode()
    assert admin.post("/device-sources/new/", {**values, "name": "b", "rules": "nonsense"}).status_code == 422
    assert admin.post("/device-sources/new/", {**values, "name": "b", "secret": "geheim"}).status_code == 422
    assert sign_in("agent").get("/device-sources/").status_code == 403
