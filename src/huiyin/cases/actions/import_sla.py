"""Takes policies of clocks and their list from a file: what would change, then all of it or nothing (DIG-6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from huiyin.cases.actions.save_sla import checked, write_sla, write_sla_list
from huiyin.cases.models import SlaPolicy
from huiyin.cases.queries.sla import company_day
from huiyin.cases.queries.sla_contents import content_of, newest_list
from huiyin.cases.queries.sla_words import differences
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.cases.rules.sla_file import Item, read_file
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import Difference, demand_reason
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@dataclass(frozen=True)
class SlaChange:
    """What the file would do to a policy or to the list: ``last`` is the version there is (0: it is new)."""

    title: str
    last: int
    effective_from: date
    differences: list[Difference]
    write: Callable[..., object]
    content: Any


def changes_in(text: str, call: Call) -> list[SlaChange]:
    """What the file would change, policies first; what is the same already is left out.

    A change holds from the file's date, but not before today.

    Raises:
        Invalid: the file cannot be read or something in it contradicts itself; nothing is changed.
    """
    found, today = read_file(text), company_day(call.now)
    changes, faults = list[SlaChange](), dict[str, Message]()
    for item in found.policies:
        try:
            change = _policy(item, today)
        except Invalid as refusal:
            faults |= {f"{item.content.get('code')}.{name}": why for name, why in refusal.fields.items()}
        else:
            changes += [change] if change else []
    if faults:
        raise Invalid(message(_("The file was not taken; nothing is changed.")), faults)
    return [*changes, *_list(found.codes, today)]


def _policy(item: Item, today: date) -> SlaChange | None:
    content = checked(item.content)
    last = SlaPolicy.objects.filter(code=content["code"]).order_by("-version").first()
    if last and content_of(last) == content:
        return None
    day = max(item.effective_from, today) if last else item.effective_from
    found = differences(content_of(last), content) if last else []
    name = content["name"]
    return SlaChange(gettext(name), last.version if last else 0, day, found, write_sla, content)


def _list(codes: list[str] | None, today: date) -> list[SlaChange]:
    last = newest_list()
    if codes is None or (last and last.codes == codes):
        return []
    title = gettext("The order of the policies")
    found = [Difference(title, " → ".join(last.codes) if last else "", " → ".join(codes))]
    return [SlaChange(title, last.version if last else 0, today, found, write_sla_list, codes)]


@action("cases.import_clocks", needs=CHANGE_CLOCKS)
def import_sla(act: Act, text: str, *, reason: str, expected: int | None = None) -> int:
    """Makes everything that differs a new version, all or nothing; returns how many.

    ``expected``: how many changes were shown before; when it differs now, nothing is done.

    Raises:
        Invalid: the file cannot be read or something in it contradicts itself, or there is no reason.
        Conflict: nothing differs, or something else than what was shown would change.
    """
    why = demand_reason(reason)
    changes = changes_in(text, act.call)
    if not changes:
        raise Conflict(message(_("The file says what holds already; nothing would change.")))
    if expected is not None and expected != len(changes):
        raise Conflict(message(_("Something was changed in the meantime; look at the changes again.")))
    for change in changes:
        change.write(act, change.content, effective_from=change.effective_from, reason=why, expected=change.last)
    return len(changes)
