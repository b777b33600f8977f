"""A paper as a part of a page, made to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from huiyin.documents.pdf import other_size
from huiyin.documents.rules.columns import body_width, shares
from huiyin.documents.rules.paper import Block, Facts, Paper, Table
from huiyin.documents.rules.plain import clean_paper, label_widths

register = template.Library()


@dataclass(frozen=True)
class PrintedBlock:
    """A block with the widths of its columns in percent of the page."""

    block: Block
    widths: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedPaper:
    """A paper in the type that fits; ``size`` in tenths of a point, because styles have a class for each."""

    paper: Paper
    blocks: tuple[PrintedBlock, ...]
    size: int


@register.inclusion_tag("documents/_paper.html")
def paper(paper: Paper) -> dict[str, PrintedPaper]:
    """The paper on the page; the page loads ``documents/paper.css``."""
    size = other_size(paper)
    cleaned = clean_paper(paper)
    room = body_width(paper.landscape) / size
    blocks = tuple(PrintedBlock(block, _widths(block, room)) for block in cleaned.blocks)
    return {"printed": PrintedPaper(cleaned, blocks, round(size * 10))}


def _widths(block: Block, room: float) -> tuple[str, ...]:
    if isinstance(block, Table):
        return tuple(f"{share:.2%}" for share in shares(block, room))
    if isinstance(block, Facts):
        labels = [label / room for label in label_widths(block)]
        return tuple(f"{part:.2%}" for label in labels for part in (label, 1 / block.across - label))
    return ()
