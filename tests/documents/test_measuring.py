"""Columns hold their words, labels fill their grid, and impossible characters are shown as such."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents.public import Column, Fact, Facts, Paper, Table
from huiyin.documents.rules.columns import (
    LONGEST_PIECE,
    PADDING,
    WIDE_SIZES,
    least_widths,
    shares,
    table_size,
    wanted_widths,
)
from huiyin.documents.rules.texts import breakable, clean, longest_piece, width

NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)
TEXTS = st.text(alphabet="客户满意 abcXYZ019-/.\n", max_size=12)
TABLES = st.integers(1, 5).flatmap(
    lambda n: st.builds(
        Table,
        st.lists(st.builds(Column, TEXTS), min_size=n, max_size=n).map(tuple),
        st.lists(st.lists(TEXTS, min_size=n, max_size=n).map(tuple), max_size=3).map(tuple),
    )
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("好\r\n很好\r", "好\n很好"),
        ("a\x07b\x00c", "a\ufffdb\ufffdc"),
        ("a\tb", "a    b"),
        ("半\ud83d个", "半\ufffd个"),
        ("𠮷家 😀", "𠮷家 😀"),
    ],
)
def test_what_no_file_can_hold_is_marked(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_chinese_text_breaks_anywhere_and_a_word_nowhere() -> None:
    assert longest_piece("客户很满意") == 1.0
    assert longest_piece("型号 AB-12 好") == pytest.approx(width("AB-12"))
    assert longest_piece("") == 0.0


def test_only_what_is_too_long_is_broken() -> None:
    assert breakable("abc 好", 5) == "abc 好"
    assert (
        breakable("abcdefghijkl 好", 5)
        == "a\u200bb\u200bc\u200bd\u200be\u200bf\u200bg\u200bh\u200bi\u200bj\u200bk\u200bl 好"
    )


@given(TABLES, st.floats(20, 120))
def test_the_columns_fill_the_width_and_hold_their_words(table: Table, room: float) -> None:
    parts = shares(table, room)
    assert sum(parts) == pytest.approx(1)
    least = least_widths(table)
    if sum(least) <= room:
        assert all(part * room >= need - 1e-6 for part, need in zip(parts, least, strict=True))
    if sum(wanted_widths(table)) <= room:
        assert all(part * room >= wish - 1e-6 for part, wish in zip(parts, wanted_widths(table), strict=True))


@given(TABLES)
def test_no_column_asks_for_more_than_the_longest_piece_but_its_heading(table: Table) -> None:
    for column, need in zip(table.columns, least_widths(table), strict=True):
        assert need <= max(LONGEST_PIECE, longest_piece(column.heading)) + PADDING


def test_a_wide_table_is_set_smaller() -> None:
    def paper(columns: int) -> Paper:
        table = Table(tuple(Column("客户编号") for _ in range(columns)), (("CS202609001",) * columns,))
        return Paper("x", (table,), NOW, landscape=True)

    assert [table_size(paper(columns)) for columns in (4, 12, 14, 40)] == [9.0, 7.0, WIDE_SIZES[-1], WIDE_SIZES[-1]]


def test_the_last_pair_of_a_row_takes_the_rest() -> None:
    grid = Facts((Fact("甲", "1"), Fact("乙", "2"), Fact("丙", "3", 2), Fact("丁", "4", 9)), across=3)
    assert [[(fact.label, fact.span) for fact in row] for row in grid.rows] == [
        [("甲", 1), ("乙", 2)],
        [("丙", 3)],
        [("丁", 3)],
    ]
    assert [fact.cells for fact in grid.rows[0]] == [1, 3]
