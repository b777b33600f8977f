"""Navigation entries of the channels room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="notices", label=_("Notices"), icon="bell", needs="notices.see", order=90, key="n"),
    MenuEntry(page="messages", label=_("Messages"), icon="mail", needs="channels.see", order=92, group="setup"),
    MenuEntry(page="mailboxes", label=_("Mailboxes"), icon="inbox", needs="channels.change", order=94, group="setup"),
    MenuEntry(page="sms", label=_("SMS"), icon="message-square-text", needs="channels.change", order=95, group="setup"),
    MenuEntry(page="telephone", label=_("Telephone"), icon="phone", needs="channels.change", order=96, group="setup"),
    MenuEntry(
        page="staff-channels",
        label=_("Notices to staff"),
        icon="bell-ring",
        needs="channels.change",
        order=97,
        group="setup",
    ),
]
