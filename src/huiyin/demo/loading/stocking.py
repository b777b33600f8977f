"""Spare parts of the demo company: a catalogue, a warehouse and a van, stock, and one part that runs low."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from huiyin.customers.models import Product
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, Store, with_role
from huiyin.spare_parts.actions.correct import set_least
from huiyin.spare_parts.actions.transfer import transfer_parts
from huiyin.spare_parts.public import Part, Place, receive_parts, save_part, save_place

PARTS = (
    ("YSJ-12", "压缩机", "Compressor", "台", 480, 5, 4, 2),
    ("ZB-A1", "控制主板", "Control board", "块", 260, 4, 6, 2),
    ("FJ-200", "循环风机", "Circulation fan", "台", 150, 3, 5, 2),
    ("GL-08", "进水滤芯", "Inlet filter", "支", 35, 2, 40, 10),
    ("MF-03", "门封条", "Door seal", "条", 48, 2, 25, 8),
    ("LM-R32", "制冷剂", "Refrigerant", "公斤", 60, 3, 12, 5),
    ("CG-T1", "温度传感器", "Temperature sensor", "个", 22, 2, 1, 6),
    ("DY-24", "电源模块", "Power supply", "块", 120, 4, 8, 3),
)
"""Number, name, English name, unit, price, working days until more comes, how many came, least wanted."""
CAME = timedelta(days=20)
IN_THE_VAN = Decimal(2)


@dataclass(frozen=True)
class Shelves:
    """Where the demo company's parts lie."""

    parts: list[Part]
    warehouse: Place
    van: Place | None


def load_stock(act: Act) -> Shelves:
    """Makes catalogue, places and stock."""
    then = Call(SYSTEM, act.now - CAME)
    warehouse = save_place(then, code="W01", name="中心备件库")
    store = Store.objects.order_by("code").first()
    if store:
        save_place(then, code="W02", name=f"{store.name}备件柜", store_id=store.pk)
    engineer = with_role(Role.ENGINEER).order_by("pk").first()
    van = None
    if engineer:
        van = save_place(then, code="V01", name=f"{engineer.name}的车载库", kind="van", holder_id=engineer.pk)
    fits = list(Product.objects.order_by("pk").values_list("pk", flat=True)[:3])
    parts = [_part(then, warehouse, row, fits) for row in PARTS]
    if van:
        for part in parts[3:5]:
            transfer_parts(
                then, place_id=warehouse.pk, to_place_id=van.pk, part_id=part.pk, quantity=IN_THE_VAN, reason="随车常备"
            )
    return Shelves(parts, warehouse, van)


def _part(then: Call, warehouse: Place, row: tuple[str, str, str, str, int, int, int, int], fits: list[int]) -> Part:
    number, name, name_en, unit, price, days, came, least = row
    part = save_part(
        then,
        number=number,
        name=name,
        name_en=name_en,
        unit=unit,
        price=Decimal(price),
        lead_days=days,
        fits=fits,
    )
    receive_parts(then, place_id=warehouse.pk, part_id=part.pk, quantity=Decimal(came), reason="期初入库")
    set_least(then, place_id=warehouse.pk, part_id=part.pk, least=Decimal(least))
    return part
