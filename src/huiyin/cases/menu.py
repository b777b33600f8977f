"""Navigation entries of the cases room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(
        page="case-stages",
        label=_("Stages of our own"),
        icon="milestone",
        needs="cases.arrange",
        order=84,
        group="setup",
    ),
    MenuEntry(
        page="problem-types", label=_("Problem types"), icon="list-tree", needs="cases.arrange", order=85, group="setup"
    ),
    MenuEntry(page="cases", label=_("Cases"), icon="inbox", needs="cases.see", order=30, key="c"),
    MenuEntry(page="case-tracking", label=_("Problem tracking"), icon="list-todo", needs="cases.track", order=35),
    MenuEntry(
        page="triage-weights", label=_("Triage weights"), icon="gauge", needs="cases.rules", order=82, group="setup"
    ),
    MenuEntry(
        page="case-routing",
        label=_("Routing of cases"),
        icon="route",
        needs="cases.change_routing",
        order=89,
        group="setup",
    ),
    MenuEntry(
        page="sla",
        label=_("Policies of clocks"),
        icon="timer",
        needs="cases.change_clocks",
        order=91,
        group="setup",
    ),
    MenuEntry(
        page="case-templates",
        label=_("Answer templates"),
        icon="send",
        needs="cases.templates",
        order=160,
        group="setup",
    ),
]
