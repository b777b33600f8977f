"""What every page's shell needs: navigation, person, language, theme, the time, words for the scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext, gettext_noop, pgettext

from huiyin.channels.public import unread_count
from huiyin.foundation import clock
from huiyin.foundation.slots import MenuEntry, menu_for
from huiyin.kernel.actor import NOBODY, Actor, ActorKind
from huiyin.organisation.public import ROLE_LABELS, Role, Staff, figure_of, with_role
from huiyin.web.script_words import script_words
from huiyin.web.working_clock import WorkingNow, working_now

THEMES = {"auto": gettext_noop("System"), "light": gettext_noop("Light"), "dark": gettext_noop("Dark")}
THEME_ICONS = {"auto": "monitor", "light": "sun", "dark": "moon"}
GROUPS = {
    "work": gettext_noop("Work"),
    "insight": gettext_noop("Insight"),
    "setup": gettext_noop("Set-up"),
}
ON_THE_THUMB = 4
ROLE_ICONS = {
    "agent": "headset",
    "service_manager": "users",
    "director": "telescope",
    "engineer": "wrench",
    "quality": "clipboard-check",
    "store_manager": "store",
    "department_manager": "building-2",
    "administrator": "settings-2",
    "auditor": "scan-eye",
}


@dataclass(frozen=True)
class NavLink:
    """One entry of the navigation as it is drawn; ``key`` follows ``g``."""

    href: str
    label: str
    icon: str
    key: str
    group: str
    current: bool = False


@dataclass(frozen=True)
class NavGroup:
    """Entries under one heading."""

    label: str
    links: list[NavLink]


@dataclass(frozen=True)
class DemoRole:
    """A role one can sign in to with one click, with the person who stands for it."""

    role: str
    label: str
    icon: str
    person: str


class Shell:
    """Everything is worked out when a template asks for it: a part that is not drawn costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor:
        """Who looks at the page."""
        return getattr(self.request, "actor", NOBODY)

    @cached_property
    def signed_in(self) -> bool:
        """Whether a person of the company looks at the page."""
        return self.actor.kind is ActorKind.STAFF

    @property
    def surround(self) -> str:
        """What stands around a refusal: the navigation for our people, the door for strangers."""
        return "shell/page.html" if self.signed_in else "shell/door.html"

    @cached_property
    def way(self) -> tuple[frozenset[str], str, str]:
        """What the navigation hangs on: rights, language, and the address of the present page's entry if it has one."""
        if not self.signed_in:
            return frozenset(), self.language, ""
        path, rights, language = self.request.path, self.actor.rights, self.language
        around = [link.href for link in _links_of(rights, language, "") if path.startswith(link.href)]
        here = max(around, key=len, default="")
        return rights, language, "" if here == "/" and path != "/" else here

    @property
    def links(self) -> tuple[NavLink, ...]:
        """The navigation in order, the present page's entry marked."""
        return _links_of(*self.way) if self.signed_in else ()

    @cached_property
    def groups(self) -> list[NavGroup]:
        """The navigation under its headings."""
        order = list(GROUPS)
        rank = {group: order.index(group) if group in order else len(order) for group in {x.group for x in self.links}}
        ranked = sorted(self.links, key=lambda link: rank[link.group])
        return [
            NavGroup(gettext(GROUPS.get(group, group)), list(links))
            for group, links in groupby(ranked, key=lambda link: link.group)
        ]

    @cached_property
    def thumb(self) -> Sequence[NavLink]:
        """The few entries of the phone's bottom bar."""
        return self.links[:ON_THE_THUMB]

    @cached_property
    def roles(self) -> str:
        """The person's roles in words."""
        return " · ".join(str(gettext(ROLE_LABELS[Role(role)])) for role in sorted(self.actor.roles))

    @property
    def language(self) -> str:
        """The language in force, as a code of ``LANGUAGES``."""
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[tuple[str, str]]:
        """(code, own name) of every language."""
        return list(settings.LANGUAGES)

    @cached_property
    def theme(self) -> str:
        """``auto``, ``light`` or ``dark``: the person's, else the cookie's."""
        user = getattr(self.request, "user", None) if self.signed_in else None
        theme = user.theme if isinstance(user, Staff) else self.request.COOKIES.get("theme", "auto")
        return theme if theme in THEMES else "auto"

    @property
    def themes(self) -> list[tuple[str, str, str]]:
        """(code, label, icon) of every theme."""
        return [(code, gettext(label), THEME_ICONS[code]) for code, label in THEMES.items()]

    @property
    def nav(self) -> str:
        """``rail`` when the navigation is folded."""
        return "rail" if self.request.COOKIES.get("nav") == "rail" else ""

    @cached_property
    def now(self) -> datetime:
        """This moment in the person's time zone."""
        return timezone.localtime(clock.now())

    @property
    def now_words(self) -> str:
        """This moment in words for the top bar."""
        return _now_words(self.now.replace(second=0, microsecond=0, tzinfo=None), self.language)

    @cached_property
    def working(self) -> WorkingNow | None:
        """Whether it is working time now."""
        return working_now(clock.now()) if self.signed_in else None

    @property
    def zone(self) -> str:
        """The name of the time zone the page is drawn in."""
        return timezone.get_current_timezone_name()

    @property
    def words(self) -> dict[str, str]:
        """Texts that scripts show."""
        return script_words()

    @cached_property
    def unread(self) -> int:
        """How many notices wait for the person."""
        if not self.signed_in or self.actor.id is None:
            return 0
        known = figure_of(self.request.session, self.actor.id, "unread")
        return unread_count(self.actor) if known is None else known

    @property
    def demo(self) -> bool:
        """Whether this is the demo company."""
        return bool(settings.DEMO)

    @cached_property
    def demo_roles(self) -> list[DemoRole]:
        """One person per role for the sign-in page of the demo; empty outside the demo."""
        if not settings.DEMO:
            return []
        people = ((role, with_role(role).order_by("pk").first()) for role in Role)
        return [
            DemoRole(role.value, str(gettext(ROLE_LABELS[role])), ROLE_ICONS.get(role.value, "user"), person.name)
            for role, person in people
            if person is not None
        ]


@lru_cache(maxsize=64)
def _now_words(minute: datetime, _language: str) -> str:
    """A minute in words of the language in force, worked out once."""
    return dateformat.format(minute, pgettext("date format, now", "D j M H:i"))


@lru_cache(maxsize=512)
def _links_of(rights: frozenset[str], _language: str, here: str) -> tuple[NavLink, ...]:
    """The navigation for a set of rights in the language in force, worked out once for each place in it."""
    return tuple(_links(menu_for(Actor(ActorKind.STAFF, rights=rights)), here))


def _links(entries: list[MenuEntry], here: str) -> Iterator[NavLink]:
    for entry in entries:
        try:
            href = reverse(entry.page)
        except NoReverseMatch:
            continue
        yield NavLink(href, gettext(entry.label), entry.icon, entry.key, entry.group, href == here)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context for the shell; ``actor`` is also there for pages."""
    frame = Shell(request)
    return {"shell": frame, "actor": getattr(request, "actor", None)}
