"""Passwords of mailboxes, keys of SMS accounts, exchanges and platforms: named in the database, kept outside it."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


class Keyring(StrEnum):
    """Whose secrets: each kind has environment variables of its own."""

    MAIL = "HUIYIN_MAIL_"
    SMS = "HUIYIN_SMS_"
    CTI = "HUIYIN_CTI_"
    STAFF = "HUIYIN_STAFF_"
    DEVICE = "HUIYIN_DEVICE_"


def check_reference(reference: str, ring: Keyring = Keyring.MAIL) -> None:
    """Accepts ``env:HUIYIN_MAIL_…`` (of an SMS account ``env:HUIYIN_SMS_…``) and ``file:name`` only, so that nobody
    points a mailbox at another secret.

    Raises:
        Invalid: it is neither.
    """
    if reference and not _may_be(reference, ring):
        raise Invalid(message(_("The password is not where it may be.")), {"secret": message(HINTS[ring])})


def secret_of(reference: str, ring: Keyring = Keyring.MAIL) -> str:
    """The password behind a reference; empty when there is none to be found."""
    where, _colon, name = reference.partition(":")
    if not _may_be(reference, ring):
        return ""
    if where == "env":
        return os.environ.get(name, "")
    path = Path(settings.HOME) / "secrets" / name
    return path.read_text().strip() if path.is_file() else ""


HINTS = {
    Keyring.MAIL: _("Write env:HUIYIN_MAIL_… or file:name (a file in the data folder's “secrets”)."),
    Keyring.SMS: _("Write env:HUIYIN_SMS_… or file:name (a file in the data folder's “secrets”)."),
    Keyring.CTI: _("Write env:HUIYIN_CTI_… or file:name (a file in the data folder's “secrets”)."),
    Keyring.DEVICE: _("Write env:HUIYIN_DEVICE_… or file:name (a file in the data folder's “secrets”)."),
    Keyring.STAFF: _("Write env:HUIYIN_STAFF_… or file:name (a file in the data folder's “secrets”)."),
}


def _may_be(reference: str, ring: Keyring) -> bool:
    names = rf"env:{ring}[A-Z0-9_]{{1,60}}|file:[A-Za-z0-9][A-Za-z0-9._-]{{0,60}}"
    return re.fullmatch(names, reference) is not None
