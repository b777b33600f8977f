"""How a person wants to be told things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from huiyin.channels.models import NoticeWish
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.staff import EMAIL
from huiyin.channels.rules.staff.groups import GROUPS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("channels.save_wish")
def save_wish(
    act: Act, *, ways: Mapping[str, Sequence[str]], quiet_from: time | None = None, quiet_until: time | None = None
) -> NoticeWish:
    """Keeps the actor's own wish: by group of notices the ways, in the order in which they are tried.

    Raises:
        Invalid: a group or a way that does not exist, or one end of the quiet hours only.
    """
    if act.actor.staff_id is None:
        raise Forbidden
    known = {EMAIL, *platforms()}
    if set(ways) - set(GROUPS) or any(set(chosen) - known for chosen in ways.values()):
        raise Invalid(message(_("Choose one of the listed values.")))
    if (quiet_from is None) != (quiet_until is None):
        why = message(_("Quiet hours need a beginning and an end."))
        raise Invalid(why, {"quiet_until" if quiet_until is None else "quiet_from": why})
    wish = NoticeWish.objects.filter(staff_id=act.actor.staff_id).first() or NoticeWish(staff_id=act.actor.staff_id)
    wish.ways = {group: list(dict.fromkeys(chosen)) for group, chosen in ways.items()}
    wish.quiet_from, wish.quiet_until = quiet_from, quiet_until
    wish.save()
    act.record(wish, ways=wish.ways)
    return wish
