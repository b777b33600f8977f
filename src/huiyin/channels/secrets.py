"""Passwords of mailboxes: named in the database, kept outside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.conf import settings

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

_REFERENCE = re.compile(r"^(?:env:HUIYIN_MAIL_[A-Z0-9_]{1,60}|file:[A-Za-z0-9][A-Za-z0-9._-]{0,60})$")


def check_reference(reference: str) -> None:
    """Accepts ``env:HUIYIN_MAIL_…`` and ``file:name`` only, so that nobody points a mailbox at another secret.

    Raises:
        Invalid: it is neither.
    """
    if reference and not _REFERENCE.match(reference):
        raise Invalid(
            message(_("The password is not where it may be.")),
            {"secret": message(_("Write env:HUIYIN_MAIL_… or file:name (a file in the data folder's “secrets”)."))},
        )


def secret_of(reference: str) -> str:
    """The password behind a reference; empty when there is none to be found."""
    where, _colon, name = reference.partition(":")
    if not _REFERENCE.match(reference):
        return ""
    if where == "env":
        return os.environ.get(name, "")
    path = Path(settings.HOME) / "secrets" / name
    return path.read_text().strip() if path.is_file() else ""
