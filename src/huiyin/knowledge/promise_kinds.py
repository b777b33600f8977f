"""The promises around articles: a review is decided, an article in use is looked at again."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.knowledge.rules.kinds import DECIDE, LOOK_AGAIN
from huiyin.promises.public import PromiseKind

KINDS = [
    PromiseKind(
        code=DECIDE, label=_("Decide about an article"), icon="clipboard-check", page="article", act=_("Review")
    ),
    PromiseKind(
        code=LOOK_AGAIN, label=_("Look at an article again"), icon="book-check", page="article", act=_("Still right?")
    ),
]
