"""Dialling by an exchange, its events, its recordings: against a real local exchange (VIS-23, VIS-25, CHN-4, PRV-1)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from huiyin.channels.actions.save_exchange import save_exchange
from huiyin.channels.kinds.telephone.exchanges.http import dialling
from huiyin.channels.models import Exchange, Extension, PhoneCall, PhoneEvent
from huiyin.channels.public import NotFetched, fetch_sound, ring
from huiyin.channels.rules.telephone.codes import SHIPPED, write_table
from huiyin.contact_ledger.public import ContactEntry, answer_consent
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.visits.actions.dial_out import dial_out
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.models import Attempt, Recording, Visit
from huiyin.visits.tasks import fetch_now, fetch_recordings
from tests.channels.exchange_server import SECRET, Peer, exchange, pushed
from tests.conftest import Company, MovableClock
from tests.visits.sounds import wav

FIELDS = {"kind": "http", "name": "话务台", "window_seconds": 300, "file_hosts": "", "is_active": True}
NUMBER = "+8613800000001"


@pytest.fixture
def peer(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    monkeypatch.setenv("HUIYIN_CTI_LOOPBACK", SECRET)
    with exchange(lambda: clock.now.timestamp()) as running:  # noqa: PLW0108 - the clock moves
        yield running


@pytest.fixture
def line(visiting: Company, peer: Peer, settings: Any, tmp_path: Path) -> Exchange:
    settings.MEDIA_ROOT = tmp_path
    return set_up(visiting, peer)


def set_up(company: Company, peer: Peer, **change: Any) -> Exchange:
    fields = {**FIELDS, "dial_url": f"{peer.url}/calls", "secret": "env:HUIYIN_CTI_LOOPBACK"}
    told = {"codes": write_table(SHIPPED), "extensions": seats(company, agent="8001", agent2="8002"), **change}
    return save_exchange(company.call("administrator"), None, {**fields, **told})


def seats(company: Company, **numbers: str) -> str:
    """Who sits where, as it is written."""
    return "\n".join(f"{company.staff[who].username} = {number}" for who, number in numbers.items())


def dialled(company: Company, visit: Visit, who: str = "agent") -> PhoneCall:
    """Opens the call and has the exchange ring, as the page does."""
    opened = dial_out(company.call(who), visit.pk)
    return ring(system_call, opened.pk, NUMBER)


EVENTS = count(1)


def told(call: PhoneCall | None, kind: str, clock: MovableClock, *, after: int = 0, **more: Any) -> dict[str, Any]:
    at = (call.asked_at if call else clock.now) + timedelta(seconds=after)
    reference = str(call.key) if call else "exchange-own-77"
    return {"id": f"e{next(EVENTS)}", "call": reference, "kind": kind, "occurred_at": at.isoformat(), **more}


def push(line: Exchange, body: Any, clock: MovableClock, *, stamp: float | None = None, **headers: str):
    raw, signed = pushed(body, clock.now.timestamp() if stamp is None else stamp)
    address = reverse("telephone-events", args=[line.pk])
    return Client().post(address, raw, content_type="application/json", headers={**signed, **headers})


def reread(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# Asking for a call


def test_the_exchange_dials_and_the_agent_never_needs_the_number(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    assert peer.dialled == [{"call": str(call.key), "extension": "8001", "number": NUMBER}]
    assert peer.refused == [], "the exchange checked our signature"
    assert (call.state, call.number, reread(visit).state) == ("asked", "138****0001", "in_progress")
    claim = ContactEntry.objects.get()
    assert (claim.outcome, claim.by) == ("claimed", visiting.staff["agent"])
    stored = [str(value) for row in PhoneCall.objects.values_list() for value in row]
    assert not any("13800000001" in value for value in stored)


def test_the_page_dials_and_carries_no_number(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit, client = visit_for(), sign_in("agent")
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert reverse("visit-dial", args=[visit.pk]) in page
    for _ in range(2):  # a double click
        client.post(reverse("visit-dial", args=[visit.pk]), {"once": "k"})
    assert [each["number"] for each in peer.dialled] == [NUMBER]
    after = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "正在外呼" in after
    assert "13800000001" not in after


@pytest.mark.parametrize(
    ("mood", "state", "rang"),
    [("refuse", "failed", 0), ("break", "unknown", 0), ("hang", "unknown", 1), ("drop", "unknown", 1)],
)
def test_what_the_exchange_answers_is_told_apart(
    line: Exchange,
    peer: Peer,
    visiting: Company,
    visit_for: Callable,
    monkeypatch: pytest.MonkeyPatch,
    mood: str,
    state: str,
    rang: int,
) -> None:
    peer.moods.append(mood)
    if mood == "hang":
        monkeypatch.setattr(dialling, "ANSWER_SECONDS", 1)
    call = dialled(visiting, visit_for())
    assert not rang or peer.rang.wait(30)
    assert (call.state, len(peer.dialled), peer.asked) == (state, rang, 1)


def test_an_exchange_that_timed_out_after_it_dialled_is_never_asked_twice(
    line: Exchange,
    peer: Peer,
    visiting: Company,
    visit_for: Callable,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = visit_for()
    peer.moods.append("hang")
    monkeypatch.setattr(dialling, "ANSWER_SECONDS", 1)
    call = dialled(visiting, visit)
    assert peer.rang.wait(30)
    assert call.state == "unknown"
    with pytest.raises(Conflict, match="still on the line"):
        dial_out(visiting.call("agent"), visit.pk)
    assert ring(system_call, call.pk, NUMBER).state == "unknown"
    assert peer.asked == 1
    push(line, told(call, "answered", clock, after=8), clock)
    assert reread(call).state == "answered", "its events say what became of it"


def test_an_exchange_that_is_down_did_not_dial_and_may_be_asked_again(
    visiting: Company, visit_for: Callable, peer: Peer, clock: MovableClock
) -> None:
    set_up(visiting, peer, dial_url="http://127.0.0.1:9/calls")
    visit = visit_for()
    assert dialled(visiting, visit).state == "failed"
    Exchange.objects.update(dial_url=f"{peer.url}/calls")
    assert dialled(visiting, visit).state == "asked"
    assert (PhoneCall.objects.count(), len(peer.dialled)) == (2, 1)


def test_nothing_rings_where_the_contact_rules_say_no(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 12:30")
    with pytest.raises(Conflict, match="call windows"):
        dial_out(visiting.call("agent"), visit.pk)
    assert (peer.asked, PhoneCall.objects.count(), reread(visit).state) == (0, 0, "planned")


def test_without_an_extension_or_a_secret_nothing_rings(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Conflict, match="no extension"):
        dial_out(visiting.call("service_manager"), visit_for().pk)
    monkeypatch.delenv("HUIYIN_CTI_LOOPBACK")
    assert dialled(visiting, visit_for()).reason == "no secret"
    assert peer.asked == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_hands_at_once_one_call_rings(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable
) -> None:
    visit = visit_for()

    def press(_n: int) -> str:
        try:
            return dialled(visiting, visit).state
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(press, range(8))) == ["asked", *["conflict"] * 7]
    assert len(peer.dialled) == 1


def test_a_call_that_never_rang_can_be_given_up_and_dialled_again(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    sign_in("agent").post(reverse("visit-line-silent", args=[visit.pk]), {"once": "1"})
    assert reread(call).state == "given_up"
    assert dialled(visiting, visit).state == "asked"
    assert len(peer.dialled) == 2


# What the line tells


def test_an_answered_call_brings_its_seconds_and_the_agent_says_the_rest_with_one_key(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    push(line, [told(call, "ringing", clock), told(call, "answered", clock, after=9)], clock)
    clock.advance(minutes=4)
    push(line, told(call, "hung_up", clock, after=195, code="q850:16", seconds=186), clock)
    assert not Attempt.objects.exists(), "what the call brought is the agent's word"
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="partly", seconds=999)
    dial = Attempt.objects.get()
    assert (dial.phone_call_id, dial.heard, dial.heard_code, dial.seconds) == (call.pk, "connected", "q850:16", 186)


def test_the_agent_may_be_faster_than_the_line(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="partly", seconds=150)
    assert Attempt.objects.get().phone_call_id == call.pk
    push(line, told(call, "answered", clock, after=5), clock)
    push(line, told(call, "hung_up", clock, after=150, code="q850:16"), clock)
    dial = Attempt.objects.get()
    assert (dial.heard, dial.heard_code, dial.seconds, dial.business) == ("connected", "q850:16", 145, "partly")


@pytest.mark.parametrize(
    ("code", "result", "state"),
    [("sip:486", "busy", "planned"), ("q850:19", "no_answer", "planned"), ("sip:404", "wrong_number", "not_reached")],
)
def test_an_unanswered_call_logs_itself_and_the_visit_follows(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock, code: str, result: str, state: str
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    push(line, told(call, "hung_up", clock, after=25, code=code), clock)
    dial = Attempt.objects.get()
    assert (dial.line, dial.heard, dial.heard_code, dial.by) == (result, result, code, visiting.staff["agent"])
    assert reread(visit).state == state
    assert ContactEntry.objects.get().outcome == "not_reached"


def test_a_line_that_does_not_say_how_it_ended_leaves_it_to_the_agent(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock, sign_in: Callable
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    push(line, told(call, "hung_up", clock, after=25, code="q850:16"), clock)
    assert not Attempt.objects.exists()
    part = sign_in("agent").get(reverse("visit-line", args=[visit.pk])).content.decode()
    assert "线路未说明结束原因" in part
    log_attempt(visiting.call("agent"), visit.pk, line="no_answer")
    assert (Attempt.objects.get().line, Attempt.objects.get().heard) == ("no_answer", "")


def test_events_twice_and_in_any_order_change_nothing_wrongly(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    for seed in range(6):
        visit = visit_for()
        call = dialled(visiting, visit)
        events = [
            told(call, "ringing", clock, sequence=1),
            told(call, "answered", clock, after=7, sequence=2),
            told(call, "hung_up", clock, after=107, sequence=3, code="q850:16"),
        ]
        mixed = events * 2
        random.Random(seed).shuffle(mixed)
        counts = [push(line, event, clock).json() for event in mixed]
        assert (sum(each["taken"] for each in counts), sum(each["known"] for each in counts)) == (3, 3)
        found = reread(call)
        assert (found.state, found.result, found.seconds) == ("ended", "connected", 100)
        assert not Attempt.objects.filter(visit=visit).exists()


def test_a_busy_call_told_twice_is_logged_once(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    event = told(call, "hung_up", clock, after=5, code="sip:486")
    push(line, [event, event, {**event, "id": "other"}], clock)
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_event_from_many_sides_at_once_is_taken_once(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    event = told(call, "hung_up", clock, after=5, code="sip:486")

    def send(_n: int) -> int:
        try:
            return int(push(line, event, clock).json()["taken"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 1
    assert (PhoneEvent.objects.count(), Attempt.objects.count()) == (1, 1)


def test_an_event_of_an_unknown_call_is_kept_and_shown_until_somebody_looked(
    line: Exchange, visiting: Company, clock: MovableClock, sign_in: Callable
) -> None:
    answer = push(line, told(None, "answered", clock, extension="8009", number="13912345678"), clock)
    assert (answer.status_code, answer.json()["taken"]) == (200, 1)
    event = PhoneEvent.objects.get()
    assert (event.state, event.number, event.call) == ("stray", "139****5678", None)
    client = sign_in("service_manager")
    assert "exchange-own-77" in client.get(reverse("line-events")).content.decode()
    client.post(reverse("line-event-aside", args=[event.pk]), {"once": "1"})
    assert "exchange-own-77" not in client.get(reverse("line-events")).content.decode()
    assert reread(event).state == "aside"


@pytest.mark.parametrize(
    ("stamp", "headers", "status"),
    [
        (0, {}, 200),
        (-299, {}, 200),
        (-301, {}, 401),
        (301, {}, 401),
        (0, {"X-Huiyin-Signature": "v1=00"}, 401),
        (0, {"X-Huiyin-Timestamp": ""}, 401),
    ],
)
def test_only_fresh_and_signed_pushes_are_taken(
    line: Exchange, clock: MovableClock, stamp: int, headers: dict[str, str], status: int
) -> None:
    body = told(None, "ringing", clock)
    answer = push(line, body, clock, stamp=clock.now.timestamp() + stamp, **headers)
    assert (answer.status_code, PhoneEvent.objects.count()) == (status, int(status == 200))


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(line: Exchange, clock: MovableClock) -> None:
    answer = push(line, [told(None, "ringing", clock), {"kind": "sang"}], clock)
    assert (answer.status_code, answer.json()) == (422, {"taken": 1, "known": 0, "unread": [1]})
    assert push(line, b"no json", clock).status_code == 400
    Exchange.objects.update(is_active=False)
    assert push(line, told(None, "ringing", clock), clock).status_code == 404


# Recordings of the exchange


def agree(company: Company, visit: Visit) -> None:
    about = ("visits.visit", visit.pk)
    answer_consent(company.call("agent"), visit.customer_id, purpose="recording", about=about, given=True, wording="v1")


def test_a_recording_is_fetched_with_the_customers_yes_and_belongs_to_its_call(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    agree(visiting, visit)
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="partly")
    peer.sounds["/rec/1.wav"] = wav()
    push(line, told(call, "recording", clock, after=99, recording_url=f"{peer.url}/rec/1.wav"), clock)
    waiting = Recording.objects.get()
    assert waiting.state == "waiting"
    assert fetch_now(waiting.pk)
    kept = Recording.objects.get()
    assert (kept.state, kept.kind, kept.url, kept.attempt) == ("kept", "wav", "", Attempt.objects.get())
    assert not fetch_now(waiting.pk), "a second worker fetches nothing"
    assert peer.fetched == ["/rec/1.wav"]


def test_without_consent_nothing_is_fetched_and_nothing_kept(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, clock: MovableClock, tmp_path: Path
) -> None:
    call = dialled(visiting, visit_for())
    push(line, told(call, "recording", clock, recording_url=f"{peer.url}/rec/1.wav"), clock)
    assert hand_over(line, call, wav(), clock).status_code == 200
    assert [(each.state, each.because) for each in Recording.objects.all()] == [("refused", "no_consent")] * 2
    assert (peer.fetched, [path for path in tmp_path.rglob("*") if path.is_file()]) == ([], [])


def hand_over(line: Exchange, call: PhoneCall | None, content: bytes, clock: MovableClock):
    raw, signed = pushed(content, clock.now.timestamp())
    address = reverse("telephone-recording", args=[line.pk, call.key if call else uuid4()])
    return Client().post(address, raw, content_type="application/octet-stream", headers=signed)


def test_a_recording_may_be_handed_over_right_away(
    line: Exchange, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    agree(visiting, visit)
    assert hand_over(line, call, wav(), clock).status_code == 200
    assert hand_over(line, call, b"MZ program", clock).status_code == 200
    assert hand_over(line, None, wav(), clock).status_code == 404
    assert [(each.state, each.because) for each in Recording.objects.order_by("pk")] == [
        ("kept", ""),
        ("refused", "no_audio"),
    ]


def test_a_recording_that_is_not_there_yet_is_tried_again_and_then_given_up(
    line: Exchange, peer: Peer, visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    call = dialled(visiting, visit)
    agree(visiting, visit)
    push(line, told(call, "recording", clock, recording_url="http://127.0.0.1:9/none.wav"), clock)
    for tries in range(1, 6):
        assert fetch_recordings(timestamp=0) == 1
        assert Recording.objects.get().tries == tries
        assert fetch_recordings(timestamp=0) == 0, "it waits before the next try"
        clock.advance(hours=13)
    assert fetch_recordings(timestamp=0) == 1
    assert (Recording.objects.get().state, Recording.objects.get().because) == ("failed", "not_there")


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "https://evil.example/1.wav",
        "file:///etc/passwd",
        "http://[",
        "ftp://127.0.0.1/x",
    ],
)
def test_recordings_are_fetched_from_the_exchange_alone(line: Exchange, url: str) -> None:
    with pytest.raises(NotFetched) as trouble:
        fetch_sound(line.pk, url, most_bytes=10)
    assert trouble.value.for_good


# Setting it up


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dial_url": "http://exchange.example/calls"}, "dial_url"),
        ({"dial_url": "https://["}, "dial_url"),
        ({"secret": "env:HUIYIN_SMS_KEY"}, "secret"),
        ({"codes": "sip:486 = engaged"}, "codes"),
        ({"extensions": "nobody = 8001"}, "extensions"),
        ({"extensions": "t000 = 8001\nt000 = 8002"}, "extensions"),
        ({"extensions": "t000 8001"}, "extensions"),
        ({"kind": "smoke"}, "kind"),
        ({"window_seconds": 0}, "window_seconds"),
    ],
)
def test_what_is_wrong_with_an_exchange_is_said_at_its_field(
    visiting: Company, peer: Peer, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        set_up(visiting, peer, **change)
    assert list(refusal.value.fields) == [field]
    assert (Exchange.objects.count(), Extension.objects.count()) == (0, 0)


def test_the_seats_change_with_the_list(line: Exchange, visiting: Company, peer: Peer) -> None:
    fields = {name: getattr(line, name) for name in FIELDS}
    fields |= {
        "dial_url": line.dial_url,
        "secret": line.secret,
        "codes": "",
        "extensions": seats(visiting, agent2="8001", agent="8002"),
    }
    save_exchange(visiting.call("administrator"), line.pk, fields)
    assert dict(Extension.objects.values_list("number", "staff__name")) == {"8002": "agent", "8001": "agent2"}


def test_only_the_administrator_sets_exchanges_up(line: Exchange, visiting: Company, sign_in: Callable) -> None:
    for who, status in (("administrator", 200), ("service_manager", 403), ("agent", 403)):
        client = sign_in(who)
        for name, args in (("telephone", []), ("exchange-new", []), ("exchange", [line.pk])):
            assert client.get(reverse(name, args=args)).status_code == status, (who, name)
    for who, status in (("service_manager", 200), ("quality", 200), ("agent", 403)):
        assert sign_in(who).get(reverse("line-events")).status_code == status


def test_the_page_sets_an_exchange_up_and_says_what_is_wrong(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("administrator")
    entered = {"name": "话务台", "kind": "http", "dial_url": "https://cti.example/calls", "secret": "env:HUIYIN_CTI_A"}
    entered |= {"window_seconds": "300", "codes": "sip:486 = busy", "is_active": "on"}
    entered["extensions"] = seats(visiting, agent="8001")
    wrong = client.post(reverse("exchange-new"), {**entered, "extensions": "x = 1", "once": "1"})
    assert (wrong.status_code, "没有工号为 x 的在职人员" in wrong.content.decode()) == (422, True)
    right = client.post(reverse("exchange-new"), {**entered, "once": "2"})
    made = Exchange.objects.get()
    assert (right.status_code, made.codes) == (302, {"sip:486": "busy"})
    page = client.get(reverse("exchange", args=[made.pk])).content.decode()
    assert f"/telephone/in/{made.pk}/events/" in page
    assert seats(visiting, agent="8001") in page
