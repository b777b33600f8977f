"""Tables of the promotions room."""

from huiyin.promotions.models.gift_error import GiftError
from huiyin.promotions.models.gift_line import GiftLine
from huiyin.promotions.models.gift_list import GiftList
from huiyin.promotions.models.gift_rules import GiftRules

__all__ = ["GiftError", "GiftLine", "GiftList", "GiftRules"]
