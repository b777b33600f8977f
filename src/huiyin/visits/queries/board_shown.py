"""What the board of a week shows: people, their days, windows and cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.visits.rules.lifecycle import FAILED

PEOPLE = 12  # rows of one page
CARDS = 8  # cards of one window; the day's page has them all


@dataclass(frozen=True)
class Card:
    """One visit on the board. ``seen`` names its place; ``moved``: elsewhere than people saw it before; ``missed``: its
    window has passed.
    """

    visit_id: int
    name: str
    number: str
    state: str
    owed: bool
    moved: bool
    missed: bool
    may_move: bool
    seen: str

    @property
    def failed(self) -> bool:
        """Whether it ended without success."""
        return self.state in FAILED


@dataclass(frozen=True)
class Slot:
    """One call window of a person's day. ``place`` names it; "" where it is over and takes no visit any more."""

    start: datetime
    end: datetime
    place: str
    count: int
    cards: tuple[Card, ...]

    @property
    def more(self) -> int:
        """How many visits are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class BoardDay:
    """One person's day."""

    day: date
    away: bool
    slots: tuple[Slot, ...]

    @property
    def count(self) -> int:
        """How many visits it has."""
        return sum(slot.count for slot in self.slots)


@dataclass(frozen=True)
class BoardRow:
    """One person's week; ``total`` counts all its visits."""

    agent_id: int
    agent: str
    total: int
    days: tuple[BoardDay, ...]


@dataclass(frozen=True)
class BoardHead:
    """A day of all people: how many visits, how many of them done, and the even share."""

    day: date
    count: int
    done: int
    share: int

    @property
    def words(self) -> str:
        """Planned of the even share, and done."""
        done = f" · ✓ {self.done}" if self.done else ""
        return f"{self.count} / {self.share}{done}" if self.share else f"{self.count}{done}"


@dataclass(frozen=True)
class Board:
    """A page of people with their days; ``before`` and ``after`` lead to the people before and after them."""

    heads: tuple[BoardHead, ...]
    rows: tuple[BoardRow, ...]
    people: int
    first: int
    text: str

    @property
    def before(self) -> int | None:
        """The number of the first person of the page before."""
        return max(self.first - PEOPLE, 0) if self.first else None

    @property
    def after(self) -> int | None:
        """The number of the first person of the page after."""
        return self.first + PEOPLE if self.first + PEOPLE < self.people else None

    @property
    def last(self) -> int:
        """The number of the last person shown."""
        return self.first + len(self.rows)
