"""A compressor, a warehouse and a van, and somebody who wants parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from huiyin.spare_parts.models import Movement, Need, Part, Place, Stock
from huiyin.spare_parts.public import receive_parts, reserve_parts, save_part, save_place
from tests.conftest import Company


@dataclass
class Shelf:
    """The part 压缩机 at the warehouse and in the engineer's van, with the steps tests take."""

    company: Company
    part: Part
    warehouse: Place
    van: Place

    def receive(self, quantity: object, by: str = "service_manager", place: Place | None = None) -> Movement:
        """So many come in."""
        return receive_parts(
            self.company.call(by),
            place_id=(place or self.warehouse).pk,
            part_id=self.part.pk,
            quantity=Decimal(str(quantity)),
        )

    def reserve(self, quantity: object, about: int = 1, by: str = "agent") -> Need:
        """Something wants so many."""
        return reserve_parts(
            self.company.call(by),
            about=("cases.case", about),
            title=f"GD{about}",
            part_id=self.part.pk,
            place_id=self.warehouse.pk,
            quantity=Decimal(str(quantity)),
        )

    def there(self, place: Place | None = None) -> tuple[str, str, str]:
        """Free, reserved and issued as texts."""
        stock = Stock.objects.get(place=place or self.warehouse, part=self.part)
        return tuple(f"{each.normalize():f}" for each in (stock.free, stock.reserved, stock.issued))  # type: ignore[return-value]


@pytest.fixture
def shelf(company: Company) -> Shelf:
    """Nothing is there yet."""
    call = company.call("service_manager")
    return Shelf(
        company,
        save_part(call, number="YSJ-12", name="压缩机", name_en="Compressor", price=Decimal(480)),
        save_place(call, code="W1", name="中心库"),
        save_place(call, code="V1", name="小李的车", kind="van", holder_id=company.staff["engineer"].pk),
    )
