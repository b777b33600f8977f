"""Tables of the spare parts room."""

from huiyin.spare_parts.models.catalogue import Part, Place
from huiyin.spare_parts.models.ledger import Movement, Stock
from huiyin.spare_parts.models.need import Need, told, visible_needs
from huiyin.spare_parts.models.sight import Sight, in_sight

__all__ = ["Movement", "Need", "Part", "Place", "Sight", "Stock", "in_sight", "told", "visible_needs"]
