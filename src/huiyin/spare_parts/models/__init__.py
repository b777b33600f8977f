"""Tables of the spare parts room."""

from huiyin.spare_parts.models.catalogue import Part, Place
from huiyin.spare_parts.models.ledger import Movement, Stock
from huiyin.spare_parts.models.need import Need

__all__ = ["Movement", "Need", "Part", "Place", "Stock"]
