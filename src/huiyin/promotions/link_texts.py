"""What the SMS says that carries the link to a question about a gift."""

from __future__ import annotations

from huiyin.promotions.models import GiftLine
from huiyin.promotions.queries.lists import words_of_line
from huiyin.promotions.rules.codes import SMS
from huiyin.visits.public import LinkText

LINK_TEXTS = [LinkText(GiftLine._meta.label_lower, SMS, words_of_line)]
