"""Sets up an application or a group's robot at a platform, says who is who there, and tries it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from huiyin.channels.actions.save_exchange import safe_address
from huiyin.channels.actions.send_message import send_message
from huiyin.channels.models import OutgoingMessage, StaffAccount, StaffAddress
from huiyin.channels.models.staff import Mode
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.staff import GROUP, addresses_of
from huiyin.channels.secrets import Keyring, check_reference
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Staff

SECRETS = ("secret", "sign_secret", "callback_token", "callback_key")
FIELDS = (
    "platform",
    "name",
    "mode",
    "base_url",
    "key_id",
    "agent_id",
    *SECRETS,
    "groups",
    "department_id",
    "is_active",
)


@action("channels.save_staff_account", needs="channels.change")
def save_staff_account(act: Act, account_id: int | None, fields: dict[str, Any]) -> StaffAccount:
    """Makes an account, or changes one; the secrets themselves are never given here.

    Raises:
        Invalid: the name is taken, something an application needs is missing, an address or reference is wrong.
    """
    wrong = _wrong(account_id, fields)
    for name in SECRETS:
        wrong |= _wrong_reference(name, str(fields.get(name, "")))
    for why in wrong.values():
        raise Invalid(why, wrong)
    account = act.lock(StaffAccount.objects.all(), account_id) if account_id else StaffAccount()
    if account.pk and (account.platform, account.mode) != (fields["platform"], fields["mode"]):
        other = message(_("For another platform or kind, set up another account; what was sent belongs to this one."))
        raise Invalid(other, {"platform": other})
    for name in FIELDS:
        setattr(account, name, fields[name])
    account.save()
    act.record(account, platform=account.platform, name=account.name, in_use=account.is_active)
    return account


def _wrong(account_id: int | None, fields: dict[str, Any]) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if StaffAccount.objects.filter(name=fields["name"]).exclude(pk=account_id or 0).exists():
        wrong["name"] = message(_("There is an account with this name already."))
    if fields["platform"] not in platforms():
        wrong["platform"] = message(_("There is no such platform."))
    if fields["mode"] == Mode.APP and not fields["key_id"]:
        wrong["key_id"] = message(_("An application needs its key (CorpID, AppKey, App ID)."))
    if fields["base_url"] and not safe_address(str(fields["base_url"])):
        wrong["base_url"] = message(_("The address must begin with https://."))
    return wrong


def _wrong_reference(name: str, reference: str) -> dict[str, Message]:
    try:
        check_reference(reference, Keyring.STAFF)
    except Invalid as refusal:
        return {name: refusal.fields["secret"]}
    return {}


@action("channels.save_addresses", needs="channels.change")
def save_addresses(act: Act, texts: Mapping[str, str]) -> int:
    """Who is who, by platform, from ``staff number = userid`` lines; who is not named is nobody there any more.

    Returns how many are named. Raises:
        Invalid: a line cannot be read, or names somebody twice; nothing is changed.
    """
    wanted = {platform: _read(platform, text) for platform, text in texts.items()}
    for platform, people in wanted.items():
        _replace(act, platform, people)
    return sum(len(people) for people in wanted.values())


def _replace(act: Act, platform: str, people: dict[int, str]) -> None:
    standing = {one.staff_id: one for one in StaffAddress.objects.filter(platform=platform)}
    gone = [one for staff, one in standing.items() if people.get(staff) != one.address]
    for one in gone:
        act.record(one, platform=platform, person=one.staff_id, named=False)
        one.delete()
    left = set(standing) - {one.staff_id for one in gone}
    for staff, address in people.items():
        if staff not in left:
            made = StaffAddress.objects.create(platform=platform, staff_id=staff, address=address)
            act.record(made, platform=platform, person=staff, named=True)


def _read(platform: str, text: str) -> dict[int, str]:
    people = dict(Staff.objects.filter(is_active=True).values_list("username", "pk"))
    wanted: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        person, equals, address = (part.strip() for part in line.partition("="))
        fault = ""
        if not line.strip():
            continue
        if not equals or not address:
            fault = _("Line %(number)s: write a staff number and a userid, as in 2001 = zhangsan.")
        elif person not in people:
            fault = _("Line %(number)s: nobody at work has the staff number %(person)s.")
        elif people[person] in wanted or address in wanted.values():
            fault = _("Line %(number)s: the person or the userid stands there twice.")
        if fault:
            why = message(fault, number=number, person=person[:60])
            raise Invalid(why, {platform: why})
        wanted[people[person]] = address[:120]
    return wanted


@action("channels.test_staff_account", needs="channels.change")
def test_staff_account(act: Act, account_id: int) -> OutgoingMessage:
    """Sends a test: by a robot to its group, by an application to whoever asks for it.

    Raises:
        Conflict: nobody knows the asker's userid at the platform.
    """
    account = act.lock(StaffAccount.objects.all(), account_id)
    if not account.is_active:
        raise Conflict(message(_("The account is not in use.")))
    robot = account.mode == Mode.ROBOT
    to = f"{GROUP}{account.pk}" if robot else addresses_of(act.actor.staff_id or 0).get(account.platform, "")
    if not to:
        raise Conflict(message(_("Write down first who you are at this platform: staff number = userid.")))
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("This is a test message, sent at %(time)s. There is nothing to do.") % {
            "time": timezone.localtime(act.now).strftime("%H:%M")
        }
    return send_message(act.call, kind=account.platform, to=to, text=text)
