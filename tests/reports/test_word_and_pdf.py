"""Word and PDF hold the cells of the screen and of Excel: cell by cell, text by text (REP-3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from huiyin.documents.rules.sheets import Document
from huiyin.insights.public import Lens, board, period_of
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.refusal import NotFound
from huiyin.reports.actions.submit import submit
from huiyin.reports.commands import report as report_command
from huiyin.reports.forms import FORMS, write_as
from huiyin.reports.kind import report_kind
from huiyin.reports.models import Report, ReportFile
from huiyin.reports.queries.documents import document_of, file_of
from huiyin.reports.rules.shown import words_of
from tests.api.conftest import Caller, caller
from tests.conftest import MovableClock
from tests.documents.reading import pdf_fonts, pdf_pages, pdf_text, squeezed, word_tables, word_text
from tests.insights.lifelike import Week

__all__ = ["caller"]

EVIL = "#panic(1) {{ 7*7 }} <b>x</b> =1+1"


def document_now(code: str, clock: MovableClock) -> Document:
    kind = report_kind(code)
    day = clock.now.date().replace(month=9, day=30)
    return kind.build(Lens(SYSTEM, period_of(kind.period, day), clock.now))


def cells_of(document: Document) -> list[list[list[str]]]:
    """The rows of every table in words, below their headings; the facts above a table are not among them."""
    return [
        [
            [column.heading for column in sheet.columns],
            *(
                [words_of(cell, sheet.form(number, place)) for place, cell in enumerate(row)]
                for number, row in enumerate(sheet.rows)
            ),
        ]
        for sheet in document.sheets
    ]


def tables_of(content: bytes, document: Document) -> list[list[list[str]]]:
    """The tables of a Word file that begin with a sheet's headings."""
    firsts = [[column.heading for column in sheet.columns] for sheet in document.sheets]
    return [table for table in word_tables(content) if table[0] in firsts]


@pytest.mark.parametrize("code", ["weekly", "monthly"])
def test_the_word_file_has_every_cell(full: Week, clock: MovableClock, code: str) -> None:
    clock.set("2026-10-01T15:00")
    full.answer(2, about=full.visit("done", lines=("connected",)), problem="漏水", need="上门", suggestion=EVIL)
    clock.set("2026-10-05T10:00")
    document = document_now(code, clock)
    content = write_as(FORMS["docx"], document, clock.now)
    assert tables_of(content, document) == cells_of(document)
    assert (EVIL in str(word_tables(content))) is (code == "weekly")
    assert word_text(content).startswith(squeezed(document.name))


@pytest.mark.parametrize("code", ["weekly", "monthly"])
def test_the_pdf_has_every_cell(full: Week, clock: MovableClock, code: str) -> None:
    clock.set("2026-10-01T15:00")
    full.answer(2, about=full.visit("done", lines=("connected",)), problem="漏水", need="上门", suggestion=EVIL)
    clock.set("2026-10-05T10:00")
    document = document_now(code, clock)
    content = write_as(FORMS["pdf"], document, clock.now)
    text = pdf_text(content)
    for table in cells_of(document):
        for row in table:
            assert all(squeezed(cell) in text for cell in row)
    assert pdf_fonts(content) == {"NotoSansSC-Regular": True}


def test_the_figures_of_the_pdf_are_those_of_the_board(full: Week, due_full: Report, clock: MovableClock) -> None:
    submit(full.company.call("quality"), due_full.pk)
    due_full.refresh_from_db()
    pages = pdf_pages(file_of(due_full, clock.now, "pdf"))
    lines = pages[0].splitlines()
    tiles = board(Lens(SYSTEM, due_full.about, clock.now)).tiles
    assert len(tiles) == 16
    for row, tile in zip(document_of(due_full, clock.now).sheets[0].rows, tiles.values(), strict=True):
        line = next(each for each in lines if each.startswith(str(row[0])))
        shown = re.findall(r"[-+]?\d+(?:\.\d+)?", line.removeprefix(str(row[0])))
        assert (shown[0], str(tile.figure.n) in shown) == (tile.shown, True)
    assert due_full.digest in squeezed(pages[0])


def test_a_draft_says_so_and_a_submitted_report_stays_as_it_was(
    full: Week, due_full: Report, clock: MovableClock
) -> None:
    assert pdf_pages(file_of(due_full, clock.now, "pdf"))[0].startswith("草稿")
    submit(full.company.call("quality"), due_full.pk)
    due_full.refresh_from_db()
    before = file_of(due_full, clock.now, "pdf"), tables_of(file_of(due_full, clock.now, "docx"), _frozen(due_full))
    full.answer(1, problem="新问题")
    clock.advance(hours=5)
    after = file_of(due_full, clock.now, "pdf"), tables_of(file_of(due_full, clock.now, "docx"), _frozen(due_full))
    assert before == after
    assert "草稿" not in pdf_text(after[0])


def _frozen(report: Report) -> Document:
    assert report.submitted_at
    return document_of(report, report.submitted_at)


def test_the_page_and_the_api_give_all_three_forms(
    due_full: Report, sign_in: Callable[[str], Client], caller: Callable[..., Caller]
) -> None:
    signs = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%P"}
    for form, sign in signs.items():
        answer = sign_in("quality").get(f"/reports/{due_full.pk}/file/?as={form}")
        assert (answer.content[:2], answer["Content-Type"]) == (sign, FORMS[form].mime)
        assert answer["Content-Disposition"].endswith(f".{form}")
        assert sign_in("store_manager").get(f"/reports/{due_full.pk}/file/?as={form}").status_code == 404
        given = caller("quality")("GET", f"/reports/{due_full.pk}/file?form={form}")
        assert (given.content[:2], given["Content-Type"]) == (sign, FORMS[form].mime)
    assert sign_in("quality").get(f"/reports/{due_full.pk}/file/?as=exe").status_code == 404
    assert caller("quality")("GET", f"/reports/{due_full.pk}/file?form=exe").status_code == 422
    page = sign_in("quality").get(f"/reports/{due_full.pk}/").content.decode()
    assert all(f"/reports/{due_full.pk}/file/?as={form}" in page for form in ("docx", "pdf"))


def test_a_file_that_was_changed_is_not_handed_out_in_another_form(
    full: Week, due_full: Report, clock: MovableClock
) -> None:
    submit(full.company.call("quality"), due_full.pk)
    due_full.refresh_from_db()
    ReportFile.objects.all().delete()
    with pytest.raises(NotFound):
        file_of(due_full, clock.now, "pdf")


@pytest.mark.parametrize(("form", "sign"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_command_writes_word_and_pdf(full: Week, tmp_path: Path, form: str, sign: bytes) -> None:
    out = tmp_path / f"w.{form}"
    found = CliRunner().invoke(report_command, ["weekly", "--week", "2026-W40", "--out", str(out), "--as", form])
    assert found.exit_code == 0, found.output
    assert out.read_bytes().startswith(sign)
