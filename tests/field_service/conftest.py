"""A case at work, a part in the warehouse, and an engineer who goes there."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image, ImageDraw

from huiyin.cases.models import Case
from huiyin.customers.models import Address
from huiyin.field_service.actions.on_site import arrive, begin, set_out
from huiyin.field_service.actions.report import Signature, Words
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.public import plan_visit
from huiyin.field_service.rules.checks import Answer
from huiyin.field_service.signature import HEAD, signature_of
from huiyin.foundation.calls import system_call
from huiyin.foundation.shipping import ship_all
from huiyin.spare_parts.public import Part, Place, receive_parts, save_part, save_place
from tests.cases.conftest import Cases, cases, customer
from tests.conftest import MovableClock

__all__ = ["cases", "customer"]
WORDS = Words(found="压缩机卡死", done="更换压缩机", test="试机两小时正常", tested_with_customer=True, cleaned_up=True)
ALL_DONE = {code: Answer("yes") for code in ("power", "gear", "site", "backup", "agreed")}


def drawn() -> str:
    """A signature as the browser sends it."""
    picture = Image.new("RGBA", (640, 240), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(20, 20), (300, 200), (600, 40)], fill=(0, 0, 0, 255), width=5)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return HEAD + base64.b64encode(target.getvalue()).decode()


def signature() -> Signature:
    return Signature("林悦", signature_of(drawn()), "drawn")


@dataclass
class Field:
    """Steps that tests take on site."""

    cases: Cases
    case: Case
    part: Part
    place: Place
    clock: MovableClock

    def call(self, who: str = "engineer") -> Any:
        return self.cases.company.call(who)

    def plan(self, start: str = "2026-09-29 10:00", by: str = "agent", **more: Any) -> SiteVisit:
        """An appointment of the engineer."""
        from datetime import datetime

        from tests.conftest import SHANGHAI

        given: dict[str, Any] = {"engineer_id": self.cases.company.staff["engineer"].pk}
        moment = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
        return plan_visit(self.call(by), self.case.pk, **(given | {"start_at": moment} | more))

    def working(self) -> SiteVisit:
        """A visit whose work has begun."""
        visit = self.plan()
        self.clock.set("2026-09-29 09:30")
        set_out(self.call(), visit.pk)
        self.clock.set("2026-09-29 10:05")
        arrive(self.call(), visit.pk)
        begin(self.call(), visit.pk, checks=ALL_DONE)
        visit.refresh_from_db()
        return visit

    def receive(self, quantity: int) -> None:
        receive_parts(
            self.call("service_manager"), place_id=self.place.pk, part_id=self.part.pk, quantity=Decimal(quantity)
        )


@pytest.fixture
def field(cases: Cases, clock: MovableClock, settings: Any, tmp_path: Any) -> Field:
    """A case that is being carried out, on Monday 2026-09-28 09:00."""
    settings.MEDIA_ROOT = tmp_path
    ship_all(system_call())
    Address.objects.create(
        customer=cases.customer, province="上海市", city="上海市", district="徐汇区", line="漕溪路 100 号 3 单元 501"
    )
    call = cases.company.call("director")
    part, place = save_part(call, number="YSJ-12", name="压缩机"), save_place(call, code="W1", name="中心库")
    return Field(cases, cases.until("start"), part, place, clock)


Walked = Callable[[], SiteVisit]
