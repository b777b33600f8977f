"""Changes a script or writes a new one (VIS-21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import Script
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import script_content
from huiyin.visits.rules.script_content import blocks_from, script_faults

PARTS = frozenset({"code", "title_zh", "title_en", "blocks"})


@action("visits.change_script", needs=CHANGE)
def save_script(
    act: Act, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> Script:
    """Saves ``code``, ``title_zh``, ``title_en`` and ``blocks`` as a new version from a day on.

    ``expected`` is the version that was changed, 0 for a script that is new.

    Raises:
        Invalid: something is wrong with it, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    content = checked_script(data)
    why = demand_reason(reason)
    demand_future(effective_from, company_today(act.now))
    return write_script(act, content, effective_from=effective_from, reason=why, expected=expected)


def checked_script(data: Mapping[str, Any]) -> dict[str, Any]:
    """The script in its plain form.

    Raises:
        Invalid: something is wrong with it.
    """
    rows, texts = data.get("blocks") or [], [data.get(name) or "" for name in ("code", "title_zh", "title_en")]
    readable = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if set(data) - PARTS or not readable or not all(isinstance(text, str) and len(text) <= 60 for text in texts):  # noqa: PLR2004 - as the columns are
        raise Invalid(message(_("The script cannot be read: it has a code, titles of at most 60 letters, and blocks.")))
    code, title_zh, title_en = (text.strip() for text in texts)
    blocks = blocks_from(rows)
    faults = script_faults(code, title_zh, blocks)
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return {"code": code, "title_zh": title_zh, "title_en": title_en, "blocks": blocks}


def write_script(
    act: Act, content: dict[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> Script:
    """Writes a checked script as the next version.

    Raises:
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    last = Script.objects.filter(code=content["code"]).order_by("-version").first()
    if last and expected == 0:
        taken = message(_("A script with this code exists already."))
        raise Invalid(taken, {"code": taken})
    if last and script_content(last) == content:
        raise Conflict(message(SAME, version=last.version))
    which, values = {"code": content["code"]}, {name: content[name] for name in ("title_zh", "title_en", "blocks")}
    return new_version(act, Script, which, values, effective_from=effective_from, reason=reason, expected=expected)
