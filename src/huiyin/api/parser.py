"""Reads bodies and queries; what the database could never store is refused here."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


class CarefulParser(Parser):
    """Ninja's parser that refuses NUL characters and JSON that is none."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON body.

        Raises:
            Invalid: the body is not JSON in UTF-8, or holds a NUL character.
        """
        try:
            body = json.loads(request.body)
            json.dumps(body, ensure_ascii=False, allow_nan=False).encode()  # no halves of characters, no endless number
            nul = _has_nul(body)
        except (ValueError, RecursionError) as error:
            raise Invalid(message(_("The body is not JSON in UTF-8."))) from error
        if nul:
            raise Invalid(message(_("A text holds a NUL character.")))
        return cast("dict[str, Any]", body)

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        """The query or form fields.

        Raises:
            Invalid: a value holds a NUL character.
        """
        if any("\x00" in str(value) for _key, values in data.lists() for value in values):
            raise Invalid(message(_("A text holds a NUL character.")))
        return super().parse_querydict(data, list_fields, request)


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_nul(part) for part in value)
