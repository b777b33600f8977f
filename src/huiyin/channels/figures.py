"""What stands about a person on every page."""

from huiyin.channels.queries.notices import COUNTED, unread_of
from huiyin.foundation.slots import Figure

FIGURES = (Figure("unread", unread_of, COUNTED),)
