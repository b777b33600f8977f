"""Files are read whatever made them; what cannot be read is refused with a sentence that says what to do."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from huiyin.imports.files import Layout, Limits, Unreadable, look, rows_of
from huiyin.imports.rules.encodings import guess_encoding
from huiyin.imports.rules.headings import Known, header_of, plain, separator_of, suggest

FIELDS = [Known("name", ("客户姓名", "姓名", "customer name")), Known("phone", ("手机", "手机号", "mobile phone"))]
LIMITS = Limits()
CHINESE = "客户姓名,手机号,备注\n张伟,13812345678,喜欢下午联系\n王芳,13912345678,已经购买空调\n"
GERMAN = "Name;Ort\nMüller;Köln\nGrößer;Düsseldorf\nJäger;Füssen\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_is_read_in_every_encoding_that_offices_write(file: Callable[..., Path], encoding: str) -> None:
    looked = look(file(CHINESE, encoding=encoding), FIELDS, LIMITS)
    assert looked.certain
    assert looked.columns == ["客户姓名", "手机号", "备注"]
    assert looked.rows[0] == (2, ["张伟", "13812345678", "喜欢下午联系"])


@pytest.mark.parametrize("encoding", ["cp1252", "big5", "shift_jis"])
def test_a_doubtful_encoding_is_asked_about_and_never_guessed(file: Callable[..., Path], encoding: str) -> None:
    text = GERMAN if encoding == "cp1252" else "名前,電話\n東京,1\n" * 20
    looked = look(file(text, encoding=encoding), FIELDS, LIMITS)
    assert not looked.certain
    assert len(looked.encodings) > 1


def test_the_chosen_encoding_counts(file: Callable[..., Path]) -> None:
    looked = look(file(GERMAN, encoding="cp1252"), FIELDS, LIMITS, Layout("cp1252", "", "", 0))
    assert looked.certain
    assert looked.rows[0][1] == ["Müller", "Köln"]


def test_a_wrong_choice_of_encoding_is_said(file: Callable[..., Path]) -> None:
    with pytest.raises(Unreadable, match="Choose another encoding"):
        list(rows_of(file(CHINESE, encoding="gb18030"), Layout("utf-8"), LIMITS))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(separator: str) -> None:
    lines = [separator.join(cells) for cells in (["a", "b,x", "c"], ["1", "2", "3"], ["4", "5", "6"])]
    assert separator_of(lines if separator != "," else ["a,b,c", "1,2,3"]) == separator


def test_columns_apart_by_spaces_are_a_table_too() -> None:
    lines = [" 00001 19970101  1   11.77", " 00002 19970112  1   12.00", " 00002 19970112  5   77.00"]
    assert separator_of(lines) == " "


def test_headings_are_found_below_a_title(file: Callable[..., Path]) -> None:
    looked = look(file("二〇二六年客户名单,,\n制表：王芳,,\n" + CHINESE), FIELDS, LIMITS)
    assert looked.layout.header_row == 3
    assert looked.columns[0] == "客户姓名"


def test_row_numbers_are_those_of_an_editor(file: Callable[..., Path]) -> None:
    rows = list(rows_of(file('a,b\n"two\nlines",1\n\nlast,2\n'), Layout(), LIMITS))
    assert rows == [(1, ["a", "b"]), (2, ["two\nlines", "1"]), (5, ["last", "2"])]


def test_packed_text_is_read(file: Callable[..., Path]) -> None:
    assert look(file(gzip.compress(CHINESE.encode()), "x.csv.gz"), FIELDS, LIMITS).rows[1][1][0] == "王芳"


def test_a_packed_file_that_unfolds_without_end_is_stopped(file: Callable[..., Path]) -> None:
    bomb = gzip.compress(b"a,b\n" + b"1,2\n" * 3_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="larger than 5 MB"):
        look(file(bomb, "x.csv.gz"), FIELDS, Limits(max_unpacked_bytes=5 * 1024 * 1024))


def test_a_workbook_that_unfolds_without_end_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/sharedStrings.xml", b"\0" * 30_000_000)
    with pytest.raises(Unreadable, match="larger than"):
        look(path, FIELDS, Limits(max_unpacked_bytes=40_000_000))


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_excel_gives_numbers_without_fractions_and_iso_days(tmp_path: Path) -> None:
    from datetime import datetime

    day = datetime(2023, 5, 6, 8)  # noqa: DTZ001 - workbooks know no zones
    path = workbook(tmp_path / "x.xlsx", [["姓名", "手机", "日期"], ["张伟", 13812345678.0, day]])
    assert look(path, FIELDS, LIMITS).rows == [(2, ["张伟", "13812345678", "2023-05-06 08:00:00"])]


def test_formulas_without_a_stored_value_are_pointed_out(tmp_path: Path) -> None:
    looked = look(workbook(tmp_path / "x.xlsx", [["姓名", "手机"], ["张伟", "=1+1"]]), FIELDS, LIMITS)
    assert looked.formulas_without_values
    assert looked.rows == [(2, ["张伟"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Excel"),
        (b"%PDF-1.7\n", "not a text file"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x1f\x8b\x08\0broken", "damaged"),
        (b"a,b\n1,\0\n" + b"x" * 50, "not a text file"),
        (b'a,b\n"never closed,1\n' + b"x,y\n" * 400_000, "quotation mark"),
    ],
)
def test_what_is_no_table_is_refused(file: Callable[..., Path], content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        list(rows_of(file(content), Layout(), LIMITS))


def test_too_many_columns_are_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(Unreadable, match="more than 300 columns"):
        look(file(",".join(f"c{n}" for n in range(400)) + "\n"), FIELDS, LIMITS)


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_any_bytes_get_a_guess(chunks: list[bytes]) -> None:
    guess = guess_encoding(chunks)
    if guess.certain:
        b"".join(chunks).decode(guess.encoding, errors="strict" if guess.encoding in ("utf-8", "gb18030") else "ignore")


def test_columns_are_suggested_by_words_in_both_languages() -> None:
    assert suggest(["手机号码", "客户姓名（必填）"], FIELDS) == {"phone": 0, "name": 1}
    assert suggest(["Customer Name", "Mobile Phone"], FIELDS) == {"name": 0, "phone": 1}
    assert plain("Customer-Name (required)") == "customername"


def test_one_column_feeds_one_field() -> None:
    fields = [Known("a", ("phone",)), Known("b", ("phone", "tel"))]
    assert suggest(["Phone", "Tel"], fields) == {"a": 0, "b": 1}


def test_the_heading_row_is_the_one_with_known_words() -> None:
    assert header_of([["List", ""], ["姓名", "手机"], ["张伟", "13812345678"]], FIELDS) == 1
