"""One table of every move a case can make: buttons, API verbs and the drawn diagram come from here (CAS-4)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.rules.states import ENDED, IN_WORK, LIVE, PHASES, STATE_LABELS, State
from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

S = State
EVERYWHERE = frozenset(str(state) for state in State)
CAN_WAIT = (S.OPEN, S.VERIFIED, S.PLANNED, S.CONFIRMED, S.EXECUTING, S.REOPENED)


def _move(verb: str, label: str, sources: tuple[State, ...], target: State) -> Move:
    return Move(verb, frozenset(str(state) for state in sources), str(target), label)


LIFECYCLE = Lifecycle(
    [
        _move("verify", _("Confirm the record"), (S.OPEN,), S.VERIFIED),
        _move("plan", _("Make a plan"), (S.VERIFIED, S.PLANNED, S.CONFIRMED, S.EXECUTING, S.REOPENED), S.PLANNED),
        _move("send_plan", _("Send the plan to the customer"), (S.PLANNED,), S.PLANNED),
        _move("confirm", _("Customer confirms the plan"), (S.PLANNED,), S.CONFIRMED),
        _move("decline", _("Customer declines the plan"), (S.PLANNED,), S.VERIFIED),
        _move("start", _("Start the work"), (S.VERIFIED, S.PLANNED, S.CONFIRMED, S.REOPENED), S.EXECUTING),
        _move("wait", _("Set to waiting"), CAN_WAIT, S.WAITING),
        *(_move("resume", _("Go on"), (S.WAITING,), state) for state in CAN_WAIT),
        _move("finish", _("Finish the work"), (S.EXECUTING,), S.DONE),
        _move("tell", _("Tell the result"), (S.DONE,), S.TOLD),
        _move("verdict", _("Record the customer's verdict"), (S.TOLD,), S.ACCEPTED),
        _move("verdict", _("Record the customer's verdict"), (S.TOLD, S.ACCEPTED, S.REVISIT), S.REOPENED),
        _move("ask_revisit", _("Ask for a revisit"), (S.ACCEPTED,), S.REVISIT),
        _move("record_revisit", _("Record the revisit"), (S.REVISIT,), S.CLOSED),
        _move("record_revisit", _("Record the revisit"), (S.REVISIT,), S.REOPENED),
        _move("record_revisit", _("Record the revisit"), (S.REVISIT,), S.REVISIT),
        _move("close", _("Close the case"), (S.TOLD, S.ACCEPTED, S.REVISIT), S.CLOSED),
        _move("reopen", _("Reopen the case"), (S.CLOSED, S.CANCELLED), S.REOPENED),
        _move("cancel", _("Cancel the case"), (*CAN_WAIT, S.WAITING), S.CANCELLED),
        _move("merge", _("Merge into another case"), (*CAN_WAIT, S.WAITING), S.MERGED),
        *(_move("unmerge", _("Undo the merge"), (S.MERGED,), state) for state in (*CAN_WAIT, S.WAITING)),
    ]
)


@dataclass(frozen=True)
class Aside:
    """Something done on a case that leaves its state alone, and the states in which it may be done."""

    verb: str
    label: str
    sources: frozenset[str]


ASIDES = (
    Aside("take", _("Take it"), IN_WORK),
    Aside("triage", _("Decide the level"), IN_WORK),
    Aside("assign", _("Assign"), LIVE),
    Aside("route", _("Pass to a department"), IN_WORK),
    Aside("recognise", _("Link the customer"), LIVE),
    Aside("join_identity", _("Join who wrote to a customer"), EVERYWHERE),
    Aside("part_identity", _("Take back who this is"), EVERYWHERE),
    Aside("note", _("Add a note"), LIVE),
    Aside("contact", _("Log a contact"), LIVE),
    Aside("add_task", _("Add a task"), IN_WORK),
    Aside("sort", _("Name the problem type"), LIVE),
    Aside("diagnose", _("Diagnose"), IN_WORK),
    Aside("split", _("Split off a part"), LIVE),
    Aside("own_stage", _("Put into a stage"), LIVE),
    Aside("agree_follow_up", _("Agree a later visit"), LIVE | {str(S.CLOSED)}),
    Aside("move_deadline", _("Move the deadline"), IN_WORK),
    Aside("link", _("Link to another case"), EVERYWHERE),
    Aside("unlink", _("Remove a link"), EVERYWHERE),
    Aside("need_part", _("Reserve a spare part"), IN_WORK),
    Aside("attach", _("Attach a file"), LIVE),
    Aside("watch", _("Follow"), LIVE | ENDED),
    Aside("unwatch", _("Stop following"), LIVE | ENDED),
)


def move_to(verb: str, state: str, target: str) -> Move:
    """The move for ``verb`` out of ``state`` that ends in ``target``, where a verb may end in several.

    Raises:
        Conflict: the table has no such move.
    """
    LIFECYCLE.move(verb, state)
    for move in LIFECYCLE.moves:
        if move.verb == verb and state in move.sources and move.target == target:
            return move
    raise Conflict(message(_("This step is not possible in the present state. Reload the page to see what is.")))


def aside(verb: str, state: str) -> Aside:
    """The side step ``verb`` if it is possible in ``state``.

    Raises:
        Conflict: it is not.
    """
    for step in ASIDES:
        if step.verb == verb and state in step.sources:
            return step
    raise Conflict(message(_("This step is not possible in the present state. Reload the page to see what is.")))


def moves_out(state: str) -> list[tuple[str, str]]:
    """Verbs that move a case on from ``state`` with their labels, each once, in the table's order."""
    return list({move.verb: move.label for move in LIFECYCLE.next(state)}.items())


def asides_in(state: str) -> list[tuple[str, str]]:
    """Side steps possible in ``state`` with their labels."""
    return [(step.verb, step.label) for step in ASIDES if state in step.sources]


def diagram() -> str:
    """The lifecycle as a Mermaid state diagram, one line per arrow."""
    lines = ["stateDiagram-v2", f"  [*] --> {State.OPEN}"]
    for move in LIFECYCLE.moves:
        lines += [f"  {state} --> {move.target}: {move.verb}" for state in State if state in move.sources]
    for state in State:
        lines.append(f"  {state}: {STATE_LABELS[state]} ({PHASES[state]})")
    return "\n".join(lines)
