"""The promise of the web chat room."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind

ANSWER = "chat.answer"

KINDS = [PromiseKind(ANSWER, _("Answer in the chat"), "messages-square", "chat", _("Answer"))]
