"""Rows packed into pieces come out whole, in order, and with their records together."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huiyin.imports.rules.pieces import Piece, columns_of, in_order, keys_of, packed, pieces_of

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)
ROWS = st.lists(st.tuples(st.sampled_from("abcd "), CELLS), min_size=1, max_size=30)


def spooled(rows: list[tuple[str, str]], size: int) -> list[Piece]:
    """As the reading does it: the first column tells records apart, a blank one makes a record of its own."""
    known: dict[str, int] = {}
    pieces: list[Piece] = []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        numbers = list(range(start + 2, start + 2 + len(part)))
        firsts = [
            known.setdefault(key, number) if key.strip() else number
            for number, (key, _cell) in zip(numbers, part, strict=True)
        ]
        pieces.extend(pieces_of(numbers, firsts, part, 2))
    return pieces


@given(ROWS, st.integers(1, 7))
def test_every_row_comes_back_once_with_its_record(rows: list[tuple[str, str]], size: int) -> None:
    pieces = spooled(rows, size)
    row_nos, firsts, columns = in_order(sorted(pieces, key=lambda piece: (piece.firsts[0], piece.row_nos[-1])))
    assert firsts == sorted(firsts)
    assert sorted(row_nos) == list(range(2, len(rows) + 2))
    expected = [(key, cell.replace("\x1f", "\u241f")) for key, cell in (rows[number - 2] for number in row_nos)]
    assert list(zip(*columns, strict=True)) == expected
    together: dict[int, list[int]] = defaultdict(list)
    for number, first in zip(row_nos, firsts, strict=True):
        together[first].append(number)
    assert all(numbers == sorted(numbers) and numbers[0] == first for first, numbers in together.items())


@given(ROWS, st.integers(1, 7))
def test_fresh_pieces_follow_each_other_and_later_rows_point_back(rows: list[tuple[str, str]], size: int) -> None:
    pieces = spooled(rows, size)
    fresh = [piece for piece in pieces if piece.fresh]
    for before, after in pairwise(fresh):
        assert max(before.firsts) < min(after.firsts)
    for late in pieces:
        if not late.fresh:
            assert len(set(late.firsts)) == 1
            assert any(late.firsts[0] in piece.firsts for piece in fresh)
    keys = [(piece.firsts[0], piece.row_nos[-1]) for piece in pieces]
    assert len(keys) == len(set(keys))


def test_short_rows_are_filled_up_and_long_ones_keep_their_cells() -> None:
    width, cells = packed([["a"], ["b", "c", "d"]], 2)
    assert (width, columns_of(Piece([2, 3], [2, 3], width, cells))) == (3, [["a", "b"], ["", "c"], ["", "d"]])


def test_pieces_of_different_width_stand_beside_each_other() -> None:
    pieces = [Piece([2], [2], *packed([["a", "b"]], 2)), Piece([3], [3], *packed([["c", "d", "e"]], 2))]
    assert in_order(pieces) == ([2, 3], [2, 3], [["a", "c"], ["b", "d"], ["", "e"]])


def test_rows_are_told_apart_by_the_first_alternative_without_a_gap() -> None:
    columns = [["1", "", "1", ""], ["x", "x", "y", ""]]
    first, second, third, fourth = keys_of(columns, [[0], [1]], 4)
    assert first == third
    assert second not in (None, first)
    assert fourth is None
