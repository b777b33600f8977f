"""How a deadline reads (SLA-5: a breach stays one, and says by how much)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from huiyin.web.clock_chips import Moments, face_of
from huiyin.web.rules.clock_face import Standing, span_words, standing_of
from tests.conftest import MovableClock

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
