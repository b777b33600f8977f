"""The door of the spare parts room."""

from huiyin.spare_parts.actions.catalogue import save_part, save_place
from huiyin.spare_parts.actions.handling import give_back_parts, issue_parts, release_parts, use_parts
from huiyin.spare_parts.actions.receive import receive_parts
from huiyin.spare_parts.actions.reserve import reserve_parts
from huiyin.spare_parts.events import PartsComplete, PartsMissing
from huiyin.spare_parts.models import Need, Part, Place, Sight, Stock
from huiyin.spare_parts.queries.needs import needs_about, open_needs, part_choices, place_choices
from huiyin.spare_parts.rules.ledger import plain

__all__ = [
    "Need",
    "Part",
    "PartsComplete",
    "PartsMissing",
    "Place",
    "Sight",
    "Stock",
    "give_back_parts",
    "issue_parts",
    "needs_about",
    "open_needs",
    "part_choices",
    "place_choices",
    "plain",
    "receive_parts",
    "release_parts",
    "reserve_parts",
    "save_part",
    "save_place",
    "use_parts",
]
