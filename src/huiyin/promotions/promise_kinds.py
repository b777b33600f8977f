"""The promises of gift lists: who owes what to whom."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind
from huiyin.promotions.rules.codes import ANSWER, MEND, VERIFY

KINDS = [
    PromiseKind(ANSWER, _("Check the gift list"), "gift", "gift-list", _("Look")),
    PromiseKind(MEND, _("Mend the error of a gift list"), "wrench", "gift-error", _("Mend")),
    PromiseKind(VERIFY, _("Ask the recipient again"), "shield-check", "gift-error", _("Verify")),
]
