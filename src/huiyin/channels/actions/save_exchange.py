"""Sets up a telephone exchange and who sits at its extensions."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from huiyin.channels.kinds.telephone.fetching import LOOPBACK
from huiyin.channels.kinds.telephone.registry import exchange_kinds
from huiyin.channels.models import Exchange, Extension
from huiyin.channels.rules.telephone.codes import read_table
from huiyin.channels.secrets import Keyring, check_reference
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Staff

FIELDS = ("kind", "name", "dial_url", "secret", "window_seconds", "file_hosts", "is_active")
NUMBER = re.compile(r"[0-9A-Za-z*#+._-]{1,30}")
LONGEST_WINDOW = 3600


@action("channels.save_exchange", needs="channels.change")
def save_exchange(act: Act, exchange_id: int | None, fields: dict[str, Any]) -> Exchange:
    """Makes an exchange, or changes one. ``codes`` and ``extensions`` are texts, one line each; the secret itself is
    never given here.

    Raises:
        Invalid: the name is taken, an address or reference is wrong, or a line cannot be read; ``fields`` says which.
    """
    check_reference(str(fields.get("secret", "")), Keyring.CTI)
    for name, why in _wrong(exchange_id, fields).items():
        raise Invalid(why, {name: why})
    codes, seats = read_table(str(fields["codes"])), _seats(str(fields["extensions"]))
    exchange = act.lock(Exchange.objects.all(), exchange_id) if exchange_id else Exchange()
    for name in FIELDS:
        setattr(exchange, name, fields[name])
    exchange.codes = codes
    exchange.save()
    _save_seats(exchange, seats)
    act.record(exchange, name=exchange.name, in_use=exchange.is_active, people=len(seats))
    return exchange


def _wrong(exchange_id: int | None, fields: dict[str, Any]) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if Exchange.objects.filter(name=fields["name"]).exclude(pk=exchange_id or 0).exists():
        wrong["name"] = message(_("There is an exchange with this name already."))
    if fields["kind"] not in exchange_kinds():
        wrong["kind"] = message(_("There is no such kind of exchange."))
    if not safe_address(str(fields["dial_url"])):
        wrong["dial_url"] = message(_("The address must begin with https://."))
    if not 1 <= int(fields["window_seconds"]) <= LONGEST_WINDOW:
        wrong["window_seconds"] = message(_("From 1 to %(most)s seconds."), most=LONGEST_WINDOW)
    return wrong


def safe_address(address: str) -> bool:
    """Encrypted, or on this machine: what is sent contains phone numbers."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _seats(text: str) -> dict[int, str]:
    """The extension by person, from ``staff number = extension`` lines."""
    people = dict(Staff.objects.filter(is_active=True).values_list("username", "pk"))
    seats: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        person, equals, extension = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        fault = ""
        if not equals or not NUMBER.fullmatch(extension):
            fault = _("Line %(number)s: write a staff number and an extension, as in 2001 = 8001.")
        elif person not in people:
            fault = _("Line %(number)s: nobody at work has the staff number %(person)s.")
        elif people[person] in seats or extension in seats.values():
            fault = _("Line %(number)s: the person or the extension stands there twice.")
        if fault:
            why = message(fault, number=number, person=person[:60])
            raise Invalid(why, {"extensions": why})
        seats[people[person]] = extension
    return seats


def _save_seats(exchange: Exchange, seats: dict[int, str]) -> None:
    """Who sat elsewhere moves; whoever is not named any more has no extension."""
    known = {each.staff_id: each for each in Extension.objects.filter(staff__in=seats, exchange=exchange)}
    gone = Extension.objects.filter(exchange=exchange).exclude(pk__in=[known[staff].pk for staff in known])
    moved = Extension.objects.filter(staff__in=seats).exclude(exchange=exchange)
    changed = [each for staff, each in known.items() if each.number != seats[staff]]
    for each in [*gone, *moved, *changed]:
        each.delete()
    stays = set(known) - {each.staff_id for each in changed}
    for staff, number in seats.items():
        if staff not in stays:
            Extension.objects.create(exchange=exchange, staff_id=staff, number=number)
