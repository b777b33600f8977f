"""How well an article fits what a customer tells, in words alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from huiyin.knowledge.rules.words import LONGEST_WORD, quoted, tokens

MOST_TOLD = 600  # the beginning of what is told; more words only blur it
MOST_SEARCHES = 120
CROSSED, ALONE = 7, 3  # so many of the rarer common pairs are asked for with each other, and by themselves
ENOUGH = 0.3
_BODY = 15  # so many shared pairs say all that a text can say
BY_TITLE, BY_TEXT, BY_TYPE, BY_PRODUCT = 0.7, 0.3, 0.15, 0.1


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of Chinese characters and the Latin words of a text."""
    found: set[str] = set()
    for token in tokens(text):
        run = token.text
        found |= {run[n : n + 2] for n in range(len(run) - 1)} if token.chinese else {run}
    return frozenset(found)


def searches(told: str, common: Mapping[str, float]) -> list[str]:
    """The tsqueries that together find the titles worth judging, at most :data:`MOST_SEARCHES`.

    ``common`` are the pairs that stand in many titles, with their share of them. A rare pair is asked for by itself; a
    common one with those that follow it in the same run, and the rarest of them with each other: titles that share much
    hold some of these, and none of them finds a great part of all titles.
    """
    pairs = _in_order(told)
    rare = [(pair,) for pair in dict.fromkeys(pairs) if pair and pair not in common]
    often = sorted({pair for pair in pairs if pair in common}, key=lambda pair: (common[pair], pair))
    crossed = [(one, other) for one, other in combinations(often[:CROSSED], 2) if not _overlap(one, other)]
    found = [*_neighbours(pairs, common), *crossed, *((pair,) for pair in often[:ALONE]), *rare]
    different = {frozenset(each): each for each in reversed(found)}
    return [" & ".join(map(quoted, each)) for each in list(different.values())[::-1][:MOST_SEARCHES]]


def _overlap(one: str, other: str) -> bool:
    """Whether they may be neighbours that share a character: who holds one then often holds the other."""
    return one[-1] == other[0] or other[-1] == one[0]


def _neighbours(pairs: Sequence[str], common: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Two or three pairs side by side that share no character, all of them common."""
    for at, pair in enumerate(pairs):
        two, three = pairs[at : at + 3 : 2], pairs[at : at + 5 : 2]
        for beside in (three, two):
            if pair and len(beside) == (3 if beside is three else 2) and all(each in common for each in beside):
                yield tuple(beside)


def _in_order(told: str) -> list[str]:
    """The pairs and Latin words as they were told; "" ends a run."""
    found: list[str] = []
    for token in tokens(told):
        run = token.text[:MOST_TOLD]
        found += [*(run[n : n + 2] for n in range(len(run) - 1)), ""] if token.chinese else [run[:LONGEST_WORD], ""]
    return found


def fit(told: frozenset[str], title: str, text: str, *, same_type: bool, same_product: bool) -> float:
    """From 0 up; from :data:`ENOUGH` on it is worth showing. Most counts how much of the title was told."""
    wanted = pairs_of(title)
    if not wanted & told:
        return 0.0
    by_title = len(wanted & told) / len(wanted)
    by_text = min(len(pairs_of(text) & told) / _BODY, 1.0)
    return BY_TITLE * by_title + BY_TEXT * by_text + BY_TYPE * same_type + BY_PRODUCT * same_product


def product_fits(named: str, products: Iterable[str]) -> bool:
    """Whether the product a customer names is one the article is about."""
    low = named.strip().lower()
    return bool(low) and any(low in each.lower() or each.lower() in low for each in products)
