"""A paper as JSON for the typesetter: texts cleaned, columns measured."""

from __future__ import annotations

from typing import Any

from huiyin.documents.rules.columns import LONGEST_PIECE, PADDING, SIZES, body_width, shares, table_size
from huiyin.documents.rules.paper import Block, Fact, Facts, Paper, Signatures, Table
from huiyin.documents.rules.texts import breakable, clean, width

LEAST_LABEL, MOST_LABEL = 4.6, 8.5  # ems


def clean_paper(paper: Paper) -> Paper:
    """The paper with every text as files can hold it."""
    return Paper(
        title=clean(paper.title),
        blocks=tuple(_clean(block) for block in paper.blocks),
        made_at=paper.made_at,
        language=paper.language,
        number=clean(paper.number),
        marks=tuple(map(clean, paper.marks)),
        foot=clean(paper.foot),
        landscape=paper.landscape,
        one_page=paper.one_page,
    )


def _clean(block: Block) -> Block:
    if isinstance(block, Facts):
        return Facts(tuple(Fact(clean(f.label), clean(f.value), f.span) for f in block.facts), block.across)
    if isinstance(block, Table):
        return Table(block.columns, tuple(tuple(map(clean, row)) for row in block.rows), clean(block.empty))
    if isinstance(block, Signatures):
        return Signatures(tuple(map(clean, block.labels)), block.drawn)
    return type(block)(clean(block.text))


def label_widths(facts: Facts) -> tuple[float, ...]:
    """How wide the labels of each pair of a grid stand, in ems."""
    longest = [LEAST_LABEL] * facts.across
    for row in facts.rows:
        place = 0
        for fact in row:
            longest[place] = max(longest[place], width(fact.label))
            place += fact.span
    return tuple(min(each, MOST_LABEL) + PADDING for each in longest)


def as_json(paper: Paper) -> dict[str, Any]:
    """The cleaned paper as the typesetter's template reads it."""
    size = SIZES[0] if paper.one_page else table_size(paper)
    return {
        "title": breakable(paper.title, LONGEST_PIECE),
        "number": paper.number,
        "marks": list(paper.marks),
        "foot": breakable(paper.foot, LONGEST_PIECE),
        "lang": paper.language[:2],
        "landscape": paper.landscape,
        "one_page": paper.one_page,
        "size": size,
        "blocks": [_json(block, body_width(paper.landscape) / size) for block in paper.blocks],
    }


def _json(block: Block, room: float) -> dict[str, Any]:
    return {"kind": block.kind, **_content(block, room)}


def _content(block: Block, room: float) -> dict[str, Any]:
    if isinstance(block, Facts):
        narrowest = room / block.across - max(label_widths(block)) - PADDING
        rows = [[_fact(fact, min(narrowest, LONGEST_PIECE)) for fact in row] for row in block.rows]
        return {"across": block.across, "labels": label_widths(block), "rows": rows}
    if isinstance(block, Table):
        return {
            "widths": shares(block, room),
            "columns": [{"heading": column.heading, "number": column.number} for column in block.columns],
            "rows": [[breakable(text, LONGEST_PIECE) for text in row] for row in block.rows],
            "empty": block.empty,
        }
    if isinstance(block, Signatures):
        return {"lines": [{"label": label, "drawn": list(drawn)} for label, drawn in block.lines]}
    return {"text": breakable(block.text, LONGEST_PIECE)}


def _fact(fact: Fact, longest: float) -> dict[str, Any]:
    return {"label": fact.label, "value": breakable(fact.value, longest), "cells": fact.cells}
