"""The blocks of a paper as Word's paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from huiyin.documents.pictures import size_of
from huiyin.documents.rules.columns import PADDING, shares
from huiyin.documents.rules.paper import Block, Fact, Facts, Heading, Signatures, Table
from huiyin.documents.rules.plain import label_widths
from huiyin.documents.rules.texts import width as width_of
from huiyin.documents.word.parts import LINE, cell, element, grid, paragraph, row, runs

GAP = 0.45  # sizes of type between two tables
LONG = 200  # characters; a row with a longer text may go over two pages
DRAWN = 6.0  # sizes of type that a signature is high
GRIDS = (Facts, Table, Signatures)


@dataclass(frozen=True)
class Blocks:
    """Draws blocks in type of ``size`` points on ``wide`` points; ``place`` puts a PNG file into the book, so wide."""

    size: float
    wide: float
    place: Callable[[bytes, float], Any]

    def drawn(self, blocks: tuple[Block, ...]) -> Iterator[Any]:
        """Every block, with room between tables that would else grow together."""
        previous: Block | None = None
        for block in blocks:
            if isinstance(block, GRIDS) and isinstance(previous, GRIDS):
                yield paragraph([], line=self.size * GAP)
            yield self._one(block)
            previous = block

    def _one(self, block: Block) -> Any:
        if isinstance(block, Heading):
            return paragraph(
                runs(block.text),
                style="Heading1",
                line=self.size * LINE,
                before=self.size * 0.5,
                after=self.size * 0.2,
                keep=True,
            )
        if isinstance(block, Facts):
            return self._facts(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Signatures):
            return self._signatures(block)
        return self._line(block.text, after=self.size * 0.3)

    def _line(self, text: str, align: str = "", after: float = 0.0) -> Any:
        return paragraph(runs(text), align=align, line=self.size * LINE, after=after)

    def _drawn(self, png: bytes, room: float) -> Any:
        """A picture as high as a line to sign on may be, or as wide as there is room."""
        width, height = size_of(png)
        shown = self.place(png, min(room, self.size * DRAWN * width / height))
        return paragraph([element("r", element("drawing", shown))])

    def _facts(self, block: Facts) -> Any:
        pair = self.wide / block.across
        labels = [label * self.size for label in label_widths(block)]
        widths = [part for label in labels for part in (label, pair - label)]
        return grid((row(self._pairs(each, widths)) for each in block.rows), widths, size=self.size)

    def _pairs(self, facts: tuple[Fact, ...], widths: list[float]) -> Iterator[Any]:
        place = 0
        for fact in facts:
            yield cell([self._line(fact.label)], widths[place], grey=True)
            after = place + 1 + fact.cells
            yield cell([self._line(fact.value)], sum(widths[place + 1 : after]), span=fact.cells)
            place = after

    def _table(self, block: Table) -> Any:
        widths = [share * self.wide for share in shares(block, self.wide / self.size)]
        sides = ["right" if column.number else "" for column in block.columns]
        names = [column.heading for column in block.columns]
        heading = row(self._cells(names, widths, sides, grey=True), heading=True)
        rows = [row(self._cells(each, widths, sides), whole=max(map(len, each)) < LONG) for each in block.rows]
        if not rows:
            rows = [row([cell([self._line(block.empty)], self.wide, span=len(widths))])]
        return grid([heading, *rows], widths, size=self.size)

    def _cells(
        self, texts: list[str] | tuple[str, ...], widths: list[float], sides: list[str], *, grey: bool = False
    ) -> Iterator[Any]:
        for text, wide, side in zip(texts, widths, sides, strict=True):
            yield cell([self._line(text, side)], wide, grey=grey)

    def _signatures(self, block: Signatures) -> Any:
        wide = self.wide / len(block.labels)
        label = min((max(map(width_of, block.labels)) + PADDING) * self.size, wide / 2)
        cells = []
        for each, drawn in block.lines:
            cells.append(cell([self._line(each)], label, low=True))
            cells.append(cell([self._drawn(drawn, wide - label) if drawn else self._line("")], wide - label, line=True))
        widths = [label, wide - label] * len(block.labels)
        return grid([row(cells, height=self.size * 3)], widths, size=self.size, lines=False)
