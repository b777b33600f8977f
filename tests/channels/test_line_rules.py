"""Events of a line, their codes and their signature (VIS-23, CHN-4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.channels.rules.telephone.codes import RESULT_LABELS, SHIPPED, read_table, said_by, write_table
from huiyin.channels.rules.telephone.line import Happened, Line, LineState, line_of
from huiyin.channels.rules.telephone.reading import read_events
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.signature import is_genuine, signature, signed_headers
from huiyin.visits.public import LINE_LABELS
from tests.channels.exchange_server import SECRET, sign

NOW = datetime(2026, 9, 15, 2, 5, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


RING, ANSWER = Happened("ringing", at(0), 1), Happened("answered", at(9), 2)
END = Happened("hung_up", at(75), 3, "q850:16", 66)


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("sip:486", "busy"),
        ("sip:480", "powered_off"),
        ("sip:404", "wrong_number"),
        ("sip:408", "no_answer"),
        ("sip:487", "no_answer"),
        ("sip:503", "out_of_service"),
        ("q850:17", "busy"),
        ("q850:19", "no_answer"),
        ("q850:1", "wrong_number"),
        ("q850:20", "powered_off"),
        ("q850:27", "out_of_service"),
        ("q850:16", ""),
        ("sip:999", ""),
    ],
)
def test_the_shipped_codes_mean_what_the_standards_say(code: str, result: str) -> None:
    assert said_by(SHIPPED, code) == result


def test_the_line_speaks_the_words_that_visits_log_with() -> None:
    assert dict(RESULT_LABELS) == dict(LINE_LABELS)


def test_a_table_of_codes_is_text_and_comes_back_the_same() -> None:
    assert read_table(write_table(SHIPPED)) == SHIPPED
    assert read_table("own:7 = busy\n\n own:8=no_answer ") == {"own:7": "busy", "own:8": "no_answer"}
    with pytest.raises(Invalid, match="Line 2") as refusal:
        read_table("own:7 = busy\nown:8 = engaged")
    assert list(refusal.value.fields) == ["codes"]


def test_every_order_of_arrival_comes_to_the_same_line() -> None:
    expected = Line(LineState.ENDED, at(9), at(75), "connected", "q850:16", 66)
    for events in permutations([RING, ANSWER, END, END, ANSWER]):
        assert line_of(events, SHIPPED) == expected


@given(
    st.lists(st.sampled_from([RING, ANSWER, END, Happened("hung_up", at(80), 4, "sip:486")]), max_size=8), st.randoms()
)
def test_what_comes_twice_or_late_changes_nothing_wrongly(events: list[Happened], random) -> None:
    line = line_of(events, SHIPPED)
    shuffled = events + events
    random.shuffle(shuffled)
    assert line_of(shuffled, SHIPPED) == line
    if ANSWER in events or END in events:
        assert line.result == "connected" or line.state == LineState.ENDED
    assert (line.seconds is None) or line.result == "connected"


@pytest.mark.parametrize(
    ("events", "state", "result", "seconds"),
    [
        ([], "", "", None),
        ([RING], "ringing", "", None),
        ([RING, ANSWER], "answered", "connected", None),
        ([RING, Happened("hung_up", at(30), 2, "sip:486")], "ended", "busy", None),
        ([RING, Happened("hung_up", at(30), 2, "q850:16")], "ended", "", None),
        ([ANSWER, Happened("hung_up", at(69), 3, "q850:16")], "ended", "connected", 60),
        ([Happened("hung_up", at(69), 3, "q850:16", 55)], "ended", "connected", 55),
        ([Happened("hung_up", at(69), 3, "q850:17", 0)], "ended", "busy", None),
    ],
)
def test_what_the_events_come_to(events: list[Happened], state: str, result: str, seconds: int | None) -> None:
    line = line_of(events, SHIPPED)
    assert (line.state, line.result, line.seconds) == (state, result, seconds)


def test_the_signature_is_the_documented_one() -> None:
    body = '{"kind": "ringing", "名": 1}'.encode()
    assert signature(SECRET, "1789", body) == sign("1789", body)
    headers = signed_headers(SECRET, body, NOW)
    assert headers["X-Huiyin-Signature"] == sign(str(int(NOW.timestamp())), body)


@pytest.mark.parametrize(
    ("change", "genuine"),
    [
        ({}, True),
        ({"body": b"{}"}, False),
        ({"secret": "other"}, False),
        ({"secret": ""}, False),
        ({"given": "v1=00"}, False),
        ({"given": ""}, False),
        ({"given": "v1=é"}, False),
        ({"stamp": "soon"}, False),
        ({"stamp": "9" * 40}, False),
        ({"now": NOW + timedelta(seconds=300)}, True),
        ({"now": NOW + timedelta(seconds=301)}, False),
        ({"now": NOW - timedelta(seconds=301)}, False),
    ],
)
def test_only_what_was_signed_with_the_secret_just_now_is_genuine(change: dict, genuine: bool) -> None:
    stamp, body = str(int(NOW.timestamp())), b'{"id": "1"}'
    told = {"secret": SECRET, "stamp": stamp, "given": sign(stamp, body), "body": body, "now": NOW, **change}
    assert is_genuine(**told, window=timedelta(seconds=300)) is genuine


EVENT = {"id": "e1", "call": "c1", "kind": "hung_up", "occurred_at": "2026-09-15T10:05:00+08:00", "code": "sip:486"}


@pytest.mark.parametrize("body", [EVENT, [EVENT], {"events": [EVENT]}])
def test_events_come_alone_or_together(body: object) -> None:
    read, unread = read_events(body)
    assert ([(each.event_id, each.kind, each.code) for each in read], unread) == ([("e1", "hung_up", "sip:486")], [])
    assert read[0].at == NOW


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"call": None},
        {"kind": "sang"},
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-09-15T10:05:00"},
        {"seconds": "long"},
        {"seconds": -1},
        {"sequence": -1},
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(wrong: dict) -> None:
    read, unread = read_events([EVENT, {**EVENT, **wrong}, "x", None])
    assert (len(read), unread) == (1, [1, 2, 3])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_body_breaks_the_reading(body: object) -> None:
    read, _unread = read_events(body)
    assert read == []
