"""How well an article fits what a customer tells, in words alone."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.knowledge.rules.words import quoted, tokens

MOST_TOLD = 600  # the beginning of what is told; more words only blur it
MOST_PAIRS = 120
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


def any_of(told: frozenset[str]) -> str:
    """A tsquery that finds titles with any of these pairs; "" without any."""
    return " | ".join(quoted(pair) for pair in sorted(told)[:MOST_PAIRS])


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
