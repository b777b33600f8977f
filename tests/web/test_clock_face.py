"""How a deadline reads (SLA-5: a breach stays one, and says by how much)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from huiyin.web.clock_chips import Moments, face_of
from huiyin.web.drawn import chip_html
from huiyin.web.rules.clock_face import Standing, span_words, standing_of
from tests.conftest import MovableClock

Said = tuple[str, str, str]
NOON = datetime(2026, 9, 28, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("due", "warn", "kept", "standing"),
    [
        (NOON + MINUTE, None, None, Standing.DUE),
        (NOON, None, None, Standing.DUE),
        (NOON - MINUTE, None, None, Standing.LATE),
        (NOON + 30 * MINUTE, NOON, None, Standing.SOON),
        (NOON + 30 * MINUTE, NOON + MINUTE, None, Standing.DUE),
        (NOON - MINUTE, NOON - 30 * MINUTE, None, Standing.LATE),
        (NOON, None, NOON, Standing.KEPT),
        (NOON, None, NOON + MINUTE, Standing.KEPT_LATE),
    ],
)
def test_a_clock_is_due_soon_late_or_kept(
    due: datetime, warn: datetime | None, kept: datetime | None, standing: Standing
):
    assert standing_of(due, NOON, warn_at=warn, kept_at=kept) is standing


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "0 min"),
        (0, "0 min"),
        (59, "59 min"),
        (60, "1 h 0 min"),
        (125, "2 h 5 min"),
        (1440, "1 d 0 h"),
        (3000, "2 d 2 h"),
    ],
)
def test_a_span_reads_in_two_units_at_most(minutes: int, words: str):
    assert str(span_words(timedelta(minutes=minutes))) == words


@pytest.mark.parametrize(
    ("moments", "chinese", "english"),
    [
        (Moments(NOON + timedelta(hours=3)), "还剩 5 小时 0 分", "5 h 0 min left"),
        (Moments(NOON - timedelta(hours=4, minutes=5)), "已超时 2 小时 5 分", "2 h 5 min late"),
        (Moments(NOON, kept_at=NOON), "按时完成", "Kept in time"),
        (Moments(NOON, kept_at=NOON + 20 * MINUTE), "完成，超时 20 分钟", "Kept 20 min late"),
        (Moments(NOON, standing="paused"), "已暂停", "Paused"),
    ],
)
def test_the_chip_says_it_in_both_languages(clock: MovableClock, moments: Moments, chinese: str, english: str):
    clock.set(NOON - timedelta(hours=2))
    for language, words in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            face = face_of(moments)
            assert face is not None
            assert face.words == words


def test_no_deadline_has_no_face():
    assert face_of(Moments(None)) is None


@pytest.mark.parametrize(
    ("zone", "from_noon", "chinese", "english"),
    [
        (
            "Asia/Shanghai",
            timedelta(seconds=2159),
            ("还剩 35 分钟", "12:35", "2026年9月28日 星期一 12:35"),
            ("35 min left", "12:35", "Mon 28 Sep 2026 12:35"),
        ),
        (
            "Asia/Shanghai",
            timedelta(days=-1, seconds=86399),
            ("已超时 0 分钟", "11:59", "2026年9月28日 星期一 11:59"),
            ("0 min late", "11:59", "Mon 28 Sep 2026 11:59"),
        ),
        (
            "Asia/Shanghai",
            timedelta(seconds=43200),
            ("还剩 12 小时 0 分", "明天 00:00", "2026年9月29日 星期二 00:00"),
            ("12 h 0 min left", "Tomorrow 00:00", "Tue 29 Sep 2026 00:00"),
        ),
        (
            "Asia/Shanghai",
            timedelta(days=2, seconds=18000),
            ("还剩 2 天 5 小时", "9月30日 17:00", "2026年9月30日 星期三 17:00"),
            ("2 d 5 h left", "30 Sep 17:00", "Wed 30 Sep 2026 17:00"),
        ),
        (
            "Asia/Shanghai",
            timedelta(days=100),
            ("还剩 100 天 0 小时", "2027年1月6日 12:00", "2027年1月6日 星期三 12:00"),
            ("100 d 0 h left", "6 Jan 2027 12:00", "Wed 6 Jan 2027 12:00"),
        ),
        (
            "Asia/Shanghai",
            timedelta(days=-1, seconds=39600),
            ("已超时 13 小时 0 分", "昨天 23:00", "2026年9月27日 星期日 23:00"),
            ("13 h 0 min late", "Yesterday 23:00", "Sun 27 Sep 2026 23:00"),
        ),
        (
            "Asia/Shanghai",
            timedelta(days=-400),
            ("已超时 400 天 0 小时", "2025年8月24日 12:00", "2025年8月24日 星期日 12:00"),
            ("400 d 0 h late", "24 Aug 2025 12:00", "Sun 24 Aug 2025 12:00"),
        ),
        (
            "America/New_York",
            timedelta(0),
            ("还剩 0 分钟", "00:00", "2026年9月28日 星期一 00:00"),
            ("0 min left", "00:00", "Mon 28 Sep 2026 00:00"),
        ),
        (
            "America/New_York",
            timedelta(days=-1, seconds=86399),
            ("已超时 0 分钟", "昨天 23:59", "2026年9月27日 星期日 23:59"),
            ("0 min late", "Yesterday 23:59", "Sun 27 Sep 2026 23:59"),
        ),
        (
            "America/New_York",
            timedelta(seconds=43200),
            ("还剩 12 小时 0 分", "12:00", "2026年9月28日 星期一 12:00"),
            ("12 h 0 min left", "12:00", "Mon 28 Sep 2026 12:00"),
        ),
        (
            "America/New_York",
            timedelta(days=100),
            ("还剩 100 天 0 小时", "2027年1月5日 23:00", "2027年1月5日 星期二 23:00"),
            ("100 d 0 h left", "5 Jan 2027 23:00", "Tue 5 Jan 2027 23:00"),
        ),
    ],
)
def test_the_chip_says_its_moment_in_the_zone_and_language_of_the_page(
    clock: MovableClock, zone: str, from_noon: timedelta, chinese: Said, english: Said
):
    clock.set(NOON)
    for language, words in (("zh-hans", chinese), ("en", english), ("zh-hans", chinese)):
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            face = face_of(Moments(NOON + from_noon))
            assert face is not None
            assert (face.words, face.due_words, face.full) == words


def test_the_same_moment_reads_differently_a_day_later(clock: MovableClock):
    for day, words in ((0, "Tomorrow 12:00"), (1, "12:00"), (2, "Yesterday 12:00"), (3, "29 Sep 12:00")):
        clock.set(NOON + timedelta(days=day))
        with translation.override("en"):
            face = face_of(Moments(NOON + timedelta(days=1)))
            assert face is not None
            assert face.due_words == words


def test_a_running_chip_carries_its_moments_and_leads_to_its_reason(clock: MovableClock):
    clock.set(NOON)
    with translation.override("en"):
        face = face_of(Moments(NOON + 60 * MINUTE, NOON - 60 * MINUTE))
        drawn = chip_html(face, "/promises/7/?a=1&b=2", boxed=True)
    assert drawn.startswith(
        '<a href="/promises/7/?a=1&amp;b=2" class="clock clock-soon clock-boxed" title="Mon 28 Sep 2026 13:00"'
        ' data-due="2026-09-28T05:00:00+00:00" data-warn="2026-09-28T03:00:00+00:00"><svg class="icon"'
    )
    assert drawn.endswith('</svg><span class="clock-left">1 h 0 min left</span><span class="clock-at">13:00</span></a>')
