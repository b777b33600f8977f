"""A table as CSV opens in a spreadsheet as it should, and no cell of it acts."""

from datetime import UTC, datetime

from huiyin.documents.public import Sheet, SheetColumn, csv_of


def test_a_table_is_utf8_with_a_mark_and_no_cell_is_a_formula() -> None:
    columns = (SheetColumn("门店"), SheetColumn("数量"), SheetColumn("时间"))
    rows = (("=HYPERLINK(1)", 3, None), ('一"店,二', -2.5, datetime(2026, 9, 14, 2, tzinfo=UTC)))
    text = csv_of(Sheet("x", (("期间", "九月"),), columns, rows))
    assert text.splitlines() == [
        "\ufeff门店,数量,时间",
        "'=HYPERLINK(1),3,",
        '"一""店,二",-2.5,2026-09-14T02:00:00+00:00',
    ]
