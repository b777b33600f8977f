"""What demand forms ask along in a visit's talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from huiyin.demand_forms.actions.note_answers import note_answers
from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.queries.wishes import wishes_on
from huiyin.demand_forms.rules.states import WishState
from huiyin.kernel.call import Call
from huiyin.visits.public import TalkPart


@dataclass(frozen=True)
class AskedWish:
    """A wish with its questions and what is written down so far: field name, question, answer.

    ``along``: it is not what the visit on the screen was made for.
    """

    wish: Wish
    along: bool
    lines: tuple[tuple[str, str, str], ...]
    remark: str

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Question and answer, only what was answered."""
        return [(question, answer) for _name, question, answer in self.lines if answer]

    @property
    def open(self) -> bool:
        """Whether answers can still be written down."""
        return self.wish.state == WishState.ASKED


def asked_in(visits: Sequence[int], typed: Mapping[str, str]) -> list[AskedWish] | None:
    """The wishes to ask in a call, over them what was just typed; None when there are none."""
    return [_asked(wish, visits[0], typed) for wish in wishes_on(visits)] or None


def _asked(wish: Wish, leader: int, typed: Mapping[str, str]) -> AskedWish:
    known = zip_longest(wish.form.questions, wish.answers[: len(wish.form.questions)], fillvalue="")
    lines = ((_name(wish, n), question, answer) for n, (question, answer) in enumerate(known))
    remark = typed.get(_name(wish, "remark"), wish.remark)
    along = wish.joined or wish.visit_id != leader
    return AskedWish(wish, along, tuple((name, text, typed.get(name, said)) for name, text, said in lines), remark)


def _name(wish: Wish, part: object) -> str:
    return f"wish-{wish.pk}-{part}"


def take(call: Call, visits: Sequence[int], typed: Mapping[str, str]) -> None:
    """Keeps what was typed, whatever becomes of the visits; wishes that nothing was typed for are left as they are."""
    for wish in wishes_on(visits):
        names = [_name(wish, n) for n in range(len(wish.form.questions))]
        remark = _name(wish, "remark")
        if wish.state == WishState.ASKED and any(typed.get(name) for name in (*names, remark)):
            note_answers(call, wish.pk, answers=[typed.get(name, "") for name in names], remark=typed.get(remark, ""))


TALK = [TalkPart(template="demand_forms/_talk.html", card="demand_forms/_card.html", build=asked_in, take=take)]
