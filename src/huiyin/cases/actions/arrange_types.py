"""What the company decides about its tree of problem types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from huiyin.cases.actions.arrange_stages import ARRANGE
from huiyin.cases.models import Case, ProblemType
from huiyin.cases.queries.problem_tree import nodes
from huiyin.cases.rules.kinds import TOPICS
from huiyin.cases.rules.problem_tree import LONGEST_NAME, SEPARATOR, Node, below, goes_in_circle, levels_in
from huiyin.foundation.actions import Act, action
from huiyin.kernel.marks import demand_as_shown
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

CIRCLE = _("A problem type cannot stand below itself.")


@action("cases.save_type", needs=ARRANGE)
def save_type(
    act: Act,
    type_id: int | None,
    *,
    name: str,
    name_en: str = "",
    topic: str = "",
    parent: int | None = None,
    shown: str | None = None,
) -> ProblemType:
    """Adds a type, or renames and moves one with all below it; its cases keep it.

    ``shown`` is the mark (:attr:`Node.mark`) of what the page showed.

    Raises:
        Invalid: no name, the name is there already under the same parent, an unknown topic or parent.
        Conflict: it would stand below itself, or is not as it was shown.
    """
    every = _tree_at_rest()
    row = act.lock(ProblemType.objects.all(), type_id) if type_id else ProblemType()
    if type_id:
        demand_as_shown(shown, every[type_id].mark)
    wrong: dict[str, Message] = {}
    if not name.strip():
        wrong["name"] = message(_("Give it a name."))
    if any(n.name == name.strip() and n.parent == parent and n.pk != type_id and n.in_use for n in every.values()):
        wrong["name"] = message(_("There is such a problem type here already."))
    if topic and topic not in TOPICS:
        wrong["topic"] = message(_("Choose one of the listed values."))
    if parent is not None and parent not in every:
        wrong["parent"] = message(_("Choose one of the listed values."))
    if wrong:
        raise Invalid(message(_("The problem type was not saved. What you typed is kept.")), wrong)
    if type_id and goes_in_circle(type_id, parent, every):
        raise Conflict(message(CIRCLE))
    row.name, row.name_en, row.topic = name.strip()[:LONGEST_NAME], name_en.strip()[:LONGEST_NAME], topic
    row.parent_id, row.in_use = parent, True
    row.code = row.code or _code(parent, name.strip())
    row.save()
    act.record(row, code=row.code, name=row.name, parent=parent)
    return row


def _tree_at_rest() -> dict[int, Node]:
    """Every type as it is now, locked: of two who move types at once the second sees what the first has done."""
    rows = ProblemType.objects.order_by("pk").select_for_update(no_key=True)  # cases may name them meanwhile
    return {row.pk: Node(row.pk, row.code, row.name, row.name_en, row.topic, row.parent_id, row.in_use) for row in rows}


def _code(parent: int | None, name: str) -> str:
    """A code of its own for the name under its parent; one more sign where it is taken."""
    text, tried = f"{parent or 0}{SEPARATOR}{name}", 0
    while True:
        code = "t" + hashlib.sha256(f"{text}{tried or ''}".encode()).hexdigest()[:12]
        if not ProblemType.objects.filter(code=code).exists():
            return code
        tried += 1


@action("cases.retire_type", needs=ARRANGE)
def retire_type(act: Act, type_id: int) -> int:
    """Takes a type and all below it out of use: no form offers them, cases that have them keep them. How many types."""
    row = act.lock(ProblemType.objects.all(), type_id)
    gone = ProblemType.objects.filter(pk__in=below(row.pk, nodes().values()), in_use=True)
    count = 0
    for one in gone:
        one.in_use = False
        one.save(update_fields=["in_use"])
        count += 1
    act.record(row, code=row.code, types=count)
    return count


@action("cases.merge_types", needs=ARRANGE)
def merge_types(act: Act, type_id: int, *, into: int) -> int:
    """Gives the cases of a type, and what stands below it, to another type, and takes it out of use. How many cases.

    Raises:
        Invalid: there is no such type. Conflict: into itself or into one below it.
    """
    every = _tree_at_rest()
    row = act.lock(ProblemType.objects.all(), type_id)
    if into not in every or not every[into].in_use:
        why = message(_("Choose one of the listed values."))
        raise Invalid(why, {"into": why})
    if goes_in_circle(type_id, into, every):
        raise Conflict(message(CIRCLE))
    for child in ProblemType.objects.filter(parent=row):
        child.parent_id = into
        child.save(update_fields=["parent"])
    moved = Case.objects.filter(problem_type=row).update(problem_type_id=into)
    row.in_use = False
    row.save(update_fields=["in_use"])
    act.record(row, code=row.code, into=every[into].code, cases=moved)
    return moved


@action("cases.import_types", needs=ARRANGE)
def import_types(act: Act, *, rows: Iterable[Sequence[str]]) -> int:
    """Adds the types that rows of levels name and that are not there; the same file again adds nothing. How many.

    Raises:
        Invalid: the rows name nothing, or something new below a type that is out of use.
    """
    wanted = levels_in(rows)
    if not wanted:
        raise Invalid(message(_("The file names no problem types.")))
    every = _tree_at_rest()
    used_last = sorted(every.values(), key=lambda node: node.in_use)  # of two with one name the one in use is meant
    there: dict[tuple[int | None, str], int] = {(node.parent, node.name): node.pk for node in used_last}
    keys: dict[tuple[str, ...], int] = {}
    added = 0
    for path in wanted:
        parent = keys.get(path[:-1])
        known = there.get((parent, path[-1]))
        if known is None and parent in every and not every[parent].in_use:
            raise Invalid(message(_("“%(name)s” is out of use; nothing was added. Save it anew first."), name=path[-2]))
        if known is None:
            made = ProblemType.objects.create(code=_code(parent, path[-1]), name=path[-1], parent_id=parent)
            known, added = made.pk, added + 1
            act.record(made, code=made.code, name=made.name)
        keys[path] = known
    return added
