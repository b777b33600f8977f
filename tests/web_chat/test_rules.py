"""The talk as text, and the limits of its numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Invalid
from huiyin.web_chat.rules.numbers import LIMITS, ChatNumbers, check_numbers, gone
from huiyin.web_chat.rules.states import transcript

NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)


def test_a_talk_becomes_text_without_the_lines_of_the_house() -> None:
    lines = [
        ("09:00", "visitor", "林悦", "冰箱不制冷"),
        ("09:01", "house", "", "王芳 is here"),
        ("09:02", "ours", "王芳", "您好"),
    ]
    assert transcript(lines, 1_000) == "09:00 林悦: 冰箱不制冷\n09:02 王芳: 您好"


@given(st.lists(st.text(max_size=50), max_size=30), st.integers(20, 400))
def test_a_long_talk_keeps_its_beginning_and_its_end(said: list[str], longest: int) -> None:
    lines = [("09:00", "visitor", "x", words) for words in said]
    whole, kept = transcript(lines, 10**9), transcript(lines, longest)
    assert len(kept) <= longest
    assert kept == whole or (whole.startswith(kept.split("\n…\n")[0]) and kept[-5:] == whole[-5:])


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_every_number_has_limits(name: str) -> None:
    least, most = LIMITS[name]
    check_numbers({name: least})
    check_numbers({name: most})
    for wrong in (least - 1, most + 1):
        with pytest.raises(Invalid) as refused:
            check_numbers({name: wrong})
        assert set(refused.value.fields) == {name}


@pytest.mark.parametrize("site", ["http://a.cn", "https://", "https://a.cn/x", "*", "https://a.cn; script-src *"])
def test_what_is_no_site_frames_nothing(site: str) -> None:
    with pytest.raises(Invalid):
        check_numbers({"sites": [site]})


def test_sites_may_have_a_star_and_a_port() -> None:
    check_numbers({"sites": ["https://www.example.cn", "https://*.example.cn:8443"]})


def test_stored_numbers_keep_what_they_do_not_name() -> None:
    numbers = ChatNumbers.of({"idle_minutes": 9, "unknown": 1}, 4)
    assert (numbers.idle_minutes, numbers.missed_minutes, numbers.version) == (9, 15, 4)
    assert ChatNumbers.of(numbers.as_data(), 4) == numbers


def test_a_visitor_without_signs_is_gone() -> None:
    numbers = ChatNumbers()
    assert not gone(NOW - timedelta(minutes=4, seconds=59), NOW, numbers)
    assert gone(NOW - timedelta(minutes=5), NOW, numbers)
    assert not gone(None, NOW, numbers)
