"""The promises around demand forms: handed in each month, decided, answered."""

from __future__ import annotations

from huiyin.demand_forms.queries.deadlines import explain_month
from huiyin.demand_forms.rules.codes import ANSWER, DECIDE, HAND_IN
from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind

KINDS = [
    PromiseKind(
        code=HAND_IN,
        label=_("Hand in the month's demand form"),
        icon="clipboard-list",
        page="demand-month",
        act=_("Sign up"),
        explain=explain_month,
    ),
    PromiseKind(
        code=DECIDE,
        label=_("Decide about the demand form"),
        icon="clipboard-check",
        page="demand-form",
        act=_("Confirm or decline"),
    ),
    PromiseKind(
        code=ANSWER, label=_("Bring the answers a unit asked for"), icon="message-square-reply", page="demand-form"
    ),
]
