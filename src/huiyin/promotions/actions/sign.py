"""A manager signs the result of a list: it is frozen, and the store may settle."""

from __future__ import annotations

import hashlib
import json

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promotions.actions.drawing import staff_of
from huiyin.promotions.models import GiftList
from huiyin.promotions.queries.sheet import fresh_sheet
from huiyin.promotions.rules.lifecycle import LIST
from huiyin.promotions.rules.sheet import to_json
from huiyin.promotions.rules.words import RUNNING


@action("promotions.sign", needs="promotions.sign")
def sign_list(act: Act, list_id: int) -> GiftList:
    """Signs a checked list without open errors; its result sheet is kept as it stands now.

    Raises:
        Conflict: it is still being checked, an error is open, one handed it in oneself, or it is signed already.
    """
    gifts = act.lock(GiftList.objects.visible_to(act.actor).select_related("store", "rules"), list_id)
    if gifts.state in RUNNING:
        raise Conflict(message(_("Nothing is signed while recipients are still asked or an error is open.")))
    move = LIST.move("sign", gifts.state)
    if gifts.submitted_by_id == act.actor.id:
        raise Conflict(message(_("Whoever handed the list in cannot sign it off; somebody else must.")))
    gifts.sheet = to_json(fresh_sheet(gifts))
    kept = json.dumps(gifts.sheet, ensure_ascii=False, sort_keys=True)
    gifts.digest = hashlib.sha256(kept.encode()).hexdigest()
    gifts.state = move.target
    gifts.signed_at, gifts.signed_by_id = act.now, act.actor.staff_id
    gifts.save()
    act.record(gifts, digest=gifts.digest)
    text = message(_("The check of “%(name)s” is signed off; the expense can be settled."), name=gifts.name)
    notify_staff(act.call, staff_of(gifts), text, page="gift-result", args=[gifts.pk])
    return gifts
