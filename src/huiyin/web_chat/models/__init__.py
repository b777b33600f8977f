"""Tables of the web chat room."""

from huiyin.web_chat.models.chat import Chat, ChatLine, ChatPresence, ChatRules

__all__ = ["Chat", "ChatLine", "ChatPresence", "ChatRules"]
