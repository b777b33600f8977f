"""Who acts: a person of the company, a customer, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class ActorKind(StrEnum):
    """The three kinds of hands."""

    STAFF = "staff"
    CUSTOMER = "customer"
    SYSTEM = "system"


class Scope(IntEnum):
    """How far a person sees (ORG-3): own work, own departments and stores, everything."""

    OWN = 1
    UNIT = 2
    ALL = 3


@dataclass(frozen=True)
class Actor:
    """Whoever acts or looks, with the rights and the scope in force at that moment."""

    kind: ActorKind
    id: int | None = None
    name: str = ""
    rights: frozenset[str] = frozenset()
    scope: Scope = Scope.OWN
    department_ids: frozenset[int] = frozenset()
    store_ids: frozenset[int] = frozenset()
    language: str = "zh-hans"
    roles: frozenset[str] = field(default=frozenset())

    @property
    def staff_id(self) -> int | None:
        """The acting person's id; None for the system and for customers."""
        return self.id if self.kind is ActorKind.STAFF else None

    def may(self, right: str) -> bool:
        """Whether the actor holds a right; the system holds all."""
        return self.kind is ActorKind.SYSTEM or right in self.rights


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Huiyin", scope=Scope.ALL)
NOBODY = Actor(kind=ActorKind.CUSTOMER, name="")
