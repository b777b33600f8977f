"""Accounts at platforms, who somebody is there, and how they want to be told."""

from __future__ import annotations

from datetime import time
from itertools import chain

from django.db.models import QuerySet

from huiyin.channels.models import NoticeWish, OutgoingMessage, StaffAccount, StaffAddress, StaffNotice, StaffRules
from huiyin.channels.models.staff import Mode
from huiyin.channels.rules.staff.numbers import StaffNumbers
from huiyin.foundation.kept import kept
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Staff

NOTICE = "channels.staffnotice"
GROUP = "group:"
EMAIL = "email"


@kept
def staff_numbers() -> StaffNumbers:
    """The newest numbers, else the shipped ones."""
    rules = StaffRules.objects.order_by("-version").first()
    return StaffNumbers.of(rules.data) if rules else StaffNumbers()


@kept
def active_accounts() -> tuple[StaffAccount, ...]:
    """Every account in use."""
    return tuple(StaffAccount.objects.filter(is_active=True))


@kept
def _addresses() -> dict[int, dict[str, str]]:
    rows = StaffAddress.objects.order_by("platform").values_list("staff", "platform", "address")
    found: dict[int, dict[str, str]] = {}
    for staff, platform, address in rows:
        found.setdefault(staff, {})[platform] = address
    return found


@kept
def _wishes() -> dict[int, NoticeWish]:
    return {wish.staff_id: wish for wish in NoticeWish.objects.all()}


def addresses_of(staff_id: int) -> dict[str, str]:
    """A person's userids by platform, where an application of ours could reach them."""
    apps = {account.platform for account in active_accounts() if account.mode == Mode.APP}
    return {platform: one for platform, one in _addresses().get(staff_id, {}).items() if platform in apps}


def wish_of(staff_id: int) -> NoticeWish | None:
    """What a person said about notices; None: nothing yet."""
    return _wishes().get(staff_id)


def ways_of(staff_id: int, group: str) -> list[str]:
    """How a person is told things of a group, besides the screen: the wished ways in their order, mail at the end for
    when they fail. Who said nothing is told on the first platform that knows them; an empty wish means screen only."""
    addresses, wish = addresses_of(staff_id), wish_of(staff_id)
    if wish is not None and group in wish.ways:
        chosen = [way for way in wish.ways[group] if way in addresses or way == EMAIL]
    else:
        chosen = list(addresses)[:1]
    return list(dict.fromkeys(chain(chosen, [EMAIL]))) if chosen else []


def quiet_hours_of(staff_id: int) -> tuple[time, time]:
    """From when until when a person is not to be disturbed, in their zone."""
    wish, numbers = wish_of(staff_id), staff_numbers()
    if wish is None or wish.quiet_from is None or wish.quiet_until is None:
        return numbers.quiet_from, numbers.quiet_until
    return wish.quiet_from, wish.quiet_until


def anybody_is_told_elsewhere() -> bool:
    """Whether notices go anywhere besides the screen."""
    return bool(active_accounts() or _wishes())


def account_for(platform: str, to: str) -> StaffAccount | None:
    """The account that reaches somebody at a platform; of a group its robot."""
    if to.startswith(GROUP):
        pk = to.removeprefix(GROUP)
        return next((one for one in active_accounts() if str(one.pk) == pk and one.platform == platform), None)
    apps = (one for one in active_accounts() if one.platform == platform and one.mode == Mode.APP)
    return next(apps, None)


def robots_for(group: str) -> list[StaffAccount]:
    """The robots that tell notices of a group."""
    return [one for one in active_accounts() if one.mode == Mode.ROBOT and group in one.groups]


def notice_of(message: OutgoingMessage) -> StaffNotice | None:
    """The notice that a message passes on."""
    if message.about != NOTICE or message.about_id is None:
        return None
    return StaffNotice.objects.select_related("staff").filter(pk=message.about_id).first()


def tried_ways(notice_id: int) -> set[str]:
    """By which ways a notice was passed on already."""
    return set(OutgoingMessage.objects.filter(about=NOTICE, about_id=notice_id).values_list("kind", flat=True))


def people_in(staff_ids: list[int], department_id: int) -> bool:
    """Whether one of these people belongs to a department."""
    return Staff.objects.filter(pk__in=staff_ids, department=department_id).exists()


def staff_accounts() -> QuerySet[StaffAccount]:
    """Every account, by platform."""
    return StaffAccount.objects.select_related("department")


def staff_account(account_id: int) -> StaffAccount:
    """One account.

    Raises:
        NotFound: there is none.
    """
    found = StaffAccount.objects.filter(pk=account_id).first()
    if found is None:
        raise NotFound
    return found


def addresses_text(platform: str) -> str:
    """Who is who at a platform, one line each: staff number = userid."""
    rows = StaffAddress.objects.filter(platform=platform).order_by("staff__username")
    return "\n".join(f"{person} = {address}" for person, address in rows.values_list("staff__username", "address"))
