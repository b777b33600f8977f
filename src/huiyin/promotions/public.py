"""The door of the promotions room."""

from huiyin.promotions.actions.make_list import add_lines, make_list
from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.actions.ship import ship
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.actions.submit import submit_list
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.rules.lines import LineDraft
from huiyin.promotions.rules.words import Check, ErrorState, ListState, Standing

__all__ = [
    "Check",
    "ErrorState",
    "GiftError",
    "GiftLine",
    "GiftList",
    "LineDraft",
    "ListState",
    "Standing",
    "add_lines",
    "make_list",
    "mend_error",
    "ship",
    "sign_list",
    "submit_list",
]
