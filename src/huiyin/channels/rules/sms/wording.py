"""Wordings as a provider approved them: ``${name}`` or ``{1}`` stand for what changes from message to message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def placeholders(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The names of the placeholders, each once, in order of appearance; ``pattern`` has the name as its group."""
    return list(dict.fromkeys(pattern.findall(text)))


def wrong_wording(
    text: str, pattern: re.Pattern[str], chosen: Sequence[str], known: Sequence[str], signature: str
) -> Message | None:
    """What is wrong with a wording whose placeholders shall be filled with ``chosen`` variables; None when nothing is.

    ``known`` are the variables there are.
    """
    wanted = placeholders(text, pattern)
    if len(wanted) != len(chosen):
        return message(
            _("The text has %(wanted)s placeholders, but %(chosen)s variables are named."),
            wanted=len(wanted),
            chosen=len(chosen),
        )
    strange = next((name for name in chosen if name not in known), None)
    if strange is not None:
        return message(_("There is no variable “%(name)s” for this text."), name=strange)
    if text.lstrip().startswith("【") or (signature and f"【{signature}】" in text):
        return message(
            _("Write the text without 【%(signature)s】; the signature is put before it."), signature=signature
        )
    return None


def fills(
    text: str, pattern: re.Pattern[str], chosen: Sequence[str], values: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What each placeholder is filled with: (placeholder, value), in order of appearance."""
    return tuple(
        (name, one_line(values[variable])) for name, variable in zip(placeholders(text, pattern), chosen, strict=True)
    )


def rendered(text: str, pattern: re.Pattern[str], filled: Sequence[tuple[str, str]], signature: str) -> str:
    """The message as the phone shows it, with its signature in front."""
    by_name = dict(filled)
    body = pattern.sub(lambda found: by_name[found.group(1)], text)
    return f"【{signature}】{body}" if signature else body


def one_line(value: str) -> str:
    """Without line breaks and doubled blanks; providers refuse them in variables."""
    return " ".join(value.replace("\x00", "").split())
