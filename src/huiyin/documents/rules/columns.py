"""How wide the columns of a table are, and how large its type may be, so that nothing is cut off."""

from __future__ import annotations

from huiyin.documents.rules.paper import Paper, Table
from huiyin.documents.rules.texts import longest_piece, width

A4 = (595.28, 841.89)  # points
MARGIN = 34.0  # points at each side
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)  # points of type, the first that fits
WIDE_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
READABLE = 9.0  # of a paper that needs a second page anyway
PADDING = 1.0  # ems: both sides of a cell together
AIR = 1.2  # how much more than the least a table gets, so that its long texts have somewhere to go
LONGEST_PIECE = 11.0  # ems; a longer word or address is broken
SHORT, SHORT_HEADING = 4.0, 2.0  # ems; so much Chinese, which could break anywhere, stays on a line
LONGEST_CELL = 24.0  # ems; a longer text wraps and asks for no more room


def body_width(landscape: bool) -> float:
    """What the margins leave of the page's width, in points."""
    return A4[1 if landscape else 0] - 2 * MARGIN


def least_widths(table: Table) -> list[float]:
    """What each column needs so that no word is broken and no name stands upright, in ems."""
    least = [max(longest_piece(each.heading), min(width(each.heading), SHORT_HEADING)) for each in table.columns]
    for row in table.rows:
        for place, text in enumerate(row):
            least[place] = max(least[place], _together(text))
    return [each + PADDING for each in least]


def _together(text: str) -> float:
    """What a text asks for: its longest word, and a short Chinese one (a name, a state) all of itself."""
    return max(min(longest_piece(text), LONGEST_PIECE), *(min(width(line), SHORT) for line in text.split("\n")))


def wanted_widths(table: Table) -> list[float]:
    """What each column would like so that no line wraps, in ems."""
    wanted = [width(column.heading) for column in table.columns]
    for row in table.rows:
        for place, text in enumerate(row):
            wanted[place] = max(wanted[place], *(width(line) for line in text.split("\n")))
    return [min(each, LONGEST_CELL) + PADDING for each in wanted]


def shares(table: Table, room: float) -> list[float]:
    """The part of the width that each column gets when there are ``room`` ems; the parts add up to 1."""
    least, wanted = least_widths(table), wanted_widths(table)
    wishes = [max(0.0, wish - need) for wish, need in zip(wanted, least, strict=True)]
    left = room - sum(least)
    if left >= sum(wishes):
        widths = wanted
    elif left > 0:
        widths = [need + left * wish / sum(wishes) for need, wish in zip(least, wishes, strict=True)]
    else:
        widths = least
    return [each / sum(widths) for each in widths]


def table_size(paper: Paper) -> float:
    """The largest type in which every column of every table holds its words, in points."""
    needs = [AIR * sum(least_widths(table)) for table in paper.tables]
    room = body_width(paper.landscape)
    return next((size for size in WIDE_SIZES if all(need * size <= room for need in needs)), WIDE_SIZES[-1])
