"""The tree of problem types: paths, circles, and what a file of levels would add to it (CAS-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huiyin.kernel.marks import mark_of

SEPARATOR = " › "
DEEPEST = 6
LONGEST_NAME = 80


@dataclass(frozen=True)
class Node:
    """A problem type: key, code, both names, topic it implies, parent's key, and whether it is in use."""

    pk: int
    code: str
    name: str
    name_en: str
    topic: str
    parent: int | None
    in_use: bool

    @property
    def mark(self) -> str:
        """The mark of what its form shows."""
        return mark_of(self.name, self.name_en, self.topic, self.parent, self.in_use)


def above(pk: int | None, nodes: Mapping[int, Node]) -> Iterator[Node]:
    """The node and those above it, the node first."""
    while pk is not None:
        node = nodes[pk]
        yield node
        pk = node.parent


def path_of(pk: int, nodes: Mapping[int, Node], *, english: bool = False) -> str:
    """The names from the root down, as people type and read it."""
    names = [(node.name_en or node.name) if english else node.name for node in above(pk, nodes)]
    return SEPARATOR.join(reversed(names))


def below(pk: int, nodes: Iterable[Node]) -> set[int]:
    """The node and all below it."""
    children: dict[int | None, list[int]] = {}
    for node in nodes:
        children.setdefault(node.parent, []).append(node.pk)
    found, ahead = set[int](), [pk]
    while ahead:
        here = ahead.pop()
        found.add(here)
        ahead += children.get(here, ())
    return found


def goes_in_circle(pk: int, parent: int | None, nodes: Mapping[int, Node]) -> bool:
    """Whether putting the node under ``parent`` would put it under itself."""
    return parent is not None and parent in below(pk, nodes.values())


def in_order(nodes: Mapping[int, Node]) -> list[tuple[Node, int]]:
    """Every node with its depth, parents before children, by code."""
    children: dict[int | None, list[Node]] = {}
    for node in sorted(nodes.values(), key=lambda node: node.code):
        children.setdefault(node.parent, []).append(node)
    found: list[tuple[Node, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for node in children.get(parent, ()):
            found.append((node, depth))
            walk(node.pk, depth + 1)

    walk(None, 0)
    return found


def levels_in(rows: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """The paths that rows of levels name, each once with all that leads to it, in the order of the file.

    A level below an empty one does not count; names are cut to their longest length.
    """
    found: dict[tuple[str, ...], None] = {}
    for row in rows:
        names: list[str] = []
        for cell in list(row)[:DEEPEST]:
            if not (name := " ".join(cell.split())[:LONGEST_NAME]):
                break
            names.append(name)
            found[tuple(names)] = None
    return list(found)
