"""Why something was not done. Every refusal carries a sentence for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class Refused(Exception):
    """A rule said no; nothing was changed."""

    status: ClassVar[int] = 409

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


class Forbidden(Refused):
    """The person lacks the right."""

    status = 403

    def __init__(self, why: Message | None = None) -> None:
        super().__init__(why or message(_("You do not have the right to do this.")))


class NotFound(Refused):
    """There is no such thing, or it lies outside what the person may see."""

    status = 404

    def __init__(self, why: Message | None = None) -> None:
        super().__init__(why or message(_("This does not exist or is outside your area.")))


class Conflict(Refused):
    """Somebody or something was faster; the state no longer allows it."""


class Invalid(Refused):
    """The values given are wrong; ``fields`` says which and why."""

    status = 422

    def __init__(self, why: Message, fields: Mapping[str, Message] | None = None) -> None:
        super().__init__(why)
        self.fields = dict(fields or {})


class Repeated(Exception):
    """The same request came twice; ``result`` is what the first one led to. Not an error for the person."""

    def __init__(self, result: Any) -> None:
        super().__init__("repeated")
        self.result = result
