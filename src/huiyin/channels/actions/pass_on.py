"""Passes notices on to where people are: the way they wished, and the next one when that fails."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext

from huiyin.channels.actions.send_message import send_message
from huiyin.channels.models import OutgoingMessage, StaffNotice
from huiyin.channels.queries.sending import is_set_up
from huiyin.channels.queries.staff import (
    EMAIL,
    GROUP,
    NOTICE,
    addresses_of,
    people_in,
    robots_for,
    tried_ways,
    ways_of,
)
from huiyin.channels.rules.staff.discreet import discreet
from huiyin.channels.rules.staff.groups import group_of
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid

SUBJECT = 80


@action("channels.pass_on")
def pass_on(act: Act, notices: Sequence[StaffNotice]) -> int:
    """Passes new notices of one sentence on to their people, and to the groups that want it; returns how many left.

    ``notices`` are those of one sentence, at least one.
    """
    sent = sum(_next_way(act, notice) is not None for notice in notices)
    return sent + _to_groups(act, notices)


@action("channels.pass_on_again")
def pass_on_again(act: Act, notice_id: int) -> OutgoingMessage | None:
    """The next way, when one has failed; None when there is none left, or the notice was read meanwhile."""
    notice = act.lock(StaffNotice.objects.all(), notice_id)
    return None if notice.read_at is not None else _next_way(act, notice)


def _next_way(act: Act, notice: StaffNotice) -> OutgoingMessage | None:
    ways = ways_of(notice.staff_id, group_of(notice.text, notice.page))
    tried = tried_ways(notice.pk) if ways else set()
    for way in ways:
        if way in tried or not is_set_up(way):
            continue
        sent = _sent(act, notice, way)
        if sent is not None:
            return sent
    return None


def _sent(act: Act, notice: StaffNotice, way: str) -> OutgoingMessage | None:
    to = notice.staff.email if way == EMAIL else addresses_of(notice.staff_id)[way]
    if not to:
        return None
    with translation.override(notice.staff.language):
        sentence = discreet(notice.sentence)
        footing = gettext("This notice was sent by Huiyin; where notices go is set under “Notices”.")
    link = address_of(notice)
    text = f"{sentence}\n\n{link}\n\n{footing}\n" if way == EMAIL else sentence
    try:
        return send_message(
            act.call,
            kind=way,
            to=to,
            subject=sentence[:SUBJECT] if way == EMAIL else "",
            text=text,
            values={} if way == EMAIL else {"link": link},
            about=(NOTICE, notice.pk),
            once=f"notice:{notice.pk}:{way}",
        )
    except Invalid:  # a mail address nothing can be sent to: the screen has the notice
        return None


def _to_groups(act: Act, notices: Sequence[StaffNotice]) -> int:
    """One message a group, however many people a notice is for."""
    first, people = notices[0], [notice.staff_id for notice in notices]
    wanted = [
        robot
        for robot in robots_for(group_of(first.text, first.page))
        if robot.department_id is None or people_in(people, robot.department_id)
    ]
    with translation.override(settings.LANGUAGE_CODE):
        sentence = discreet(first.sentence)
    mark = hashlib.sha256(f"{act.now.isoformat()} {first.page} {first.args} {sentence}".encode()).hexdigest()[:32]
    for robot in wanted:
        send_message(
            act.call,
            kind=robot.platform,
            to=f"{GROUP}{robot.pk}",
            text=sentence,
            values={"link": address_of(first)},
            once=f"robot:{robot.pk}:{mark}",
        )
    return len(wanted)


def address_of(notice: StaffNotice) -> str:
    """The full address of the page that a notice leads to."""
    try:
        path = reverse(notice.page, args=notice.args) if notice.page else reverse("notices")
    except NoReverseMatch:
        path = reverse("notices")
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"
