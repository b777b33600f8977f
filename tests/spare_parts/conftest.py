"""A compressor, a warehouse and a van, and somebody who wants parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from huiyin.cases.actions.parts import need_part
from huiyin.cases.models import Case
from huiyin.spare_parts.models import Movement, Need, Part, Place, Stock
from huiyin.spare_parts.public import receive_parts, reserve_parts, save_part, save_place
from tests.cases.conftest import Cases, cases, customer
from tests.conftest import Company

__all__ = ["cases", "customer"]


@dataclass
class Shelf:
    """The part 压缩机 at the warehouse and in the engineer's van, with the steps tests take."""

    company: Company
    cases: Cases
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

    def reserve_for(self, case: Case, quantity: object) -> Need:
        """A case wants so many."""
        return need_part(
            self.company.call("director"),
            case.pk,
            part_id=self.part.pk,
            place_id=self.warehouse.pk,
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
def shelf(company: Company, cases: Cases) -> Shelf:
    """Nothing is there yet."""
    call = company.call("service_manager")
    return Shelf(
        company,
        cases,
        save_part(call, number="YSJ-12", name="压缩机", name_en="Compressor", price=Decimal(480)),
        save_place(call, code="W1", name="中心库"),
        save_place(call, code="V1", name="小李的车", kind="van", holder_id=company.staff["engineer"].pk),
    )
