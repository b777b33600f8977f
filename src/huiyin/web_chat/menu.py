"""Navigation entries of the web chat room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="chats", label=_("Chat"), icon="messages-square", needs="web_chat.see", order=32),
    MenuEntry(
        page="chat-rules",
        label=_("Rules of the chat"),
        icon="messages-square",
        needs="web_chat.change",
        order=98,
        group="setup",
    ),
]
