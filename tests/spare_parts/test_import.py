"""Parts and their stock come in from a file; the same file again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.imports.foreground import bring
from huiyin.imports.models import ImportRun, RowError
from huiyin.spare_parts.models import Movement, Part, Stock
from huiyin.spare_parts.queries.books import faults_of_books
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db
FILE = """备件编号,备件名称,单位,单价,库位,库存数量,安全库存
YSJ-12,压缩机,台,500,W1,4,2
MF-3,密封圈,个,2.5,W1,100,20
MF-3,密封圈,个,2.5,V1,10,
LM-R32,制冷剂,公斤,60,W9,5,
LM-R32,制冷剂,公斤,-1,,,
"""


@pytest.fixture
def home(settings, tmp_path) -> Path:  # type: ignore[no-untyped-def]
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def test_a_file_brings_catalogue_and_stock_up_to_date_through_the_ledger(shelf: Shelf, home: Path) -> None:
    shelf.receive(3)
    shelf.reserve(5)
    path = home / "parts.csv"
    path.write_text(FILE, encoding="utf-8")
    run = bring(shelf.company.call("service_manager"), path=path, kind="spare_parts")
    assert sorted(RowError.objects.filter(run=run).values_list("row_no", "field")) == [(5, "place"), (6, "price")]
    part = Part.objects.get(number="YSJ-12")
    assert (str(part.price), part.unit) == ("500.00", "台")
    assert shelf.there() == ("0", "4", "0"), "three that were reserved count; the fourth goes to who waits"
    kinds = list(Movement.objects.order_by("id").values_list("kind", "part__number", "quantity"))
    assert [(kind, number, int(quantity)) for kind, number, quantity in kinds[2:]] == [
        ("count_up", "YSJ-12", 1),
        ("count_up", "MF-3", 100),
        ("count_up", "MF-3", 10),
        ("reserve", "YSJ-12", 1),
    ]
    assert Stock.objects.get(place=shelf.warehouse, part__number="MF-3").least == 20
    before = Movement.objects.count()
    again: ImportRun = bring(shelf.company.call("service_manager"), path=path, kind="spare_parts")
    assert (Movement.objects.count(), again.new, again.changed) == (before, 0, 0)
    assert faults_of_books() == []
