"""Two versions of a script tried side by side: who hears which is drawn by lot when the visit falls due (VIS-21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

NEEDED = ("split_one", "split_other", "split_share", "split_until")
LEAST = 30
LOTS = 100


@dataclass(frozen=True)
class Split:
    """Versions ``one`` and ``other``, the share (percent) that hears the other, until which day visits are shared out.

    ``least``: how many visits each version needs before the two are compared. The same ``seed`` gives the same lot.
    """

    one: int
    other: int
    share: int
    until: date
    least: int = LEAST
    seed: int = 0

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What makes it the same test, though its last day is moved."""
        return (self.one, self.other, self.share, self.seed)

    def version_for(self, customer: int) -> int:
        """The version a customer hears; each customer hears one alone, however many visits fall due."""
        digest = md5(f"{self.seed}:{customer}".encode(), usedforsecurity=False).hexdigest()
        return self.other if int(digest[:8], 16) % LOTS < self.share else self.one

    def runs_on(self, day: date) -> bool:
        """Whether visits that fall due on this day are shared out."""
        return day <= self.until


def split_of(numbers: Mapping[str, Any]) -> Split | None:
    """The test that a policy's numbers describe; None: there is none."""
    if not all(numbers.get(name) for name in NEEDED):
        return None
    return Split(
        one=int(numbers["split_one"]),
        other=int(numbers["split_other"]),
        share=int(numbers["split_share"]),
        until=date.fromisoformat(str(numbers["split_until"])),
        least=int(numbers.get("split_least") or LEAST),
        seed=int(numbers.get("split_seed") or 0),
    )


def split_faults(numbers: Mapping[str, Any], versions: AbstractSet[int]) -> Iterator[tuple[str, Message]]:
    """What is wrong with a test, by field; ``versions`` are those of the script there are."""
    missing = [name for name in NEEDED if not numbers.get(name)]
    if len(missing) == len(NEEDED):
        return
    if not numbers.get("script"):
        yield "script", message(_("A test of two versions needs a script."))
    for name in missing:
        yield name, message(_("A test needs both versions, a share from 1 to 99 % and a last day."))
    for name in ("split_one", "split_other"):
        if numbers.get(name) and numbers[name] not in versions:
            yield name, message(_("The script has no version %(version)s."), version=numbers[name])
    if numbers.get("split_one") and numbers.get("split_one") == numbers.get("split_other"):
        yield "split_other", message(_("A version is not compared with itself."))
