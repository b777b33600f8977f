"""The PDF and the Word file say what the paper says, literally, in fonts that are right on every machine."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime

import pypdf
import pytest
from django.template import Context, Template
from docx.oxml.ns import qn
from PIL import Image, ImageDraw

from huiyin.documents.pictures import size_of
from huiyin.documents.public import (
    Column,
    Fact,
    Facts,
    Heading,
    Paper,
    Signatures,
    Table,
    Words,
    pdf_of,
    picture_of,
    type_size,
    word_of,
)
from huiyin.documents.rules.columns import body_width
from tests.documents.reading import opened, pdf_fonts, pdf_pages, pdf_text, squeezed, word_tables, word_text

NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)
EVIL = [
    '#set text(fill: red)\n#panic("x") #read("/etc/passwd") \\u{48} ]#[',
    "$x^2$ *bold* _it_ `raw` <label> @ref // comment /* more */ ~ --- ...",
    "{{ 7*7 }} {% if x %} {# no #} {{ cycler.__init__.__globals__ }}",
    "<script>alert(1)</script> &amp; &lt; </w:t> <![CDATA[",
    '=1+1 +86 -2 @SUM(A1) =HYPERLINK("http://x")',
    "${jndi:ldap://x} %s %(name)s {0} \\n \\r",
]


def sheet(texts: list[str], **more: object) -> Paper:
    blocks = (
        Heading("一、客户信息"),
        Facts(
            (Fact("客户名称", "王*"), Fact("客户编号", "CS202609001"), Fact("地址", "上海市", 2), Fact("等级", "VIP"))
        ),
        Heading("二、回答"),
        Table((Column("问题"), Column("评分", number=True)), tuple((text, "5") for text in texts), "无记录"),
        Words("以上属实"),
        Signatures(("回访人签字", "日期")),
    )
    facts: dict[str, object] = {"number": "编号 7", "marks": ("迟录",), "foot": "联系方式已脱敏", "one_page": True}
    return Paper("客户回访记录表", blocks, NOW, **{**facts, **more})  # type: ignore[arg-type]


def test_the_files_say_what_the_paper_says() -> None:
    paper = sheet(["您对产品质量满意吗？", "两行\n文字"])
    text = pdf_text(pdf_of(paper))
    for part in ("迟录客户回访记录表编号7", "客户名称王*客户编号CS202609001", "您对产品质量满意吗？5", "两行文字5"):
        assert part in text
    assert text.endswith("联系方式已脱敏第1页，共1页")
    content = word_of(paper)
    assert word_tables(content) == [
        [["迟录", "客户回访记录表", "编号 7"]],
        [["客户名称", "王*", "客户编号", "CS202609001"], ["地址", "上海市", "等级", "VIP"]],
        [["问题", "评分"], ["您对产品质量满意吗？", "5"], ["两行\n文字", "5"]],
        [["回访人签字", "", "日期", ""]],
    ]
    assert [part.text for part in opened(content).paragraphs if part.text] == ["一、客户信息", "二、回答", "以上属实"]


def test_the_facts_of_a_row_span_its_width() -> None:
    assert word_tables(word_of(sheet([])))[2] == [["问题", "评分"], ["无记录"]]


@pytest.mark.parametrize("evil", EVIL)
def test_markup_is_text_and_nothing_else(evil: str) -> None:
    paper = sheet([evil])
    assert squeezed(evil) in pdf_text(pdf_of(paper))
    assert word_tables(word_of(paper))[2][1] == [evil, "5"]
    page = Template("{% load papers %}{% paper one %}").render(Context({"one": paper}))
    assert "<script" not in page
    assert all(part not in page for part in ("49", "<label>", "<![CDATA["))


def test_markup_in_title_foot_and_number_is_text_too() -> None:
    paper = Paper(EVIL[0], (Words(EVIL[1]),), NOW, number=EVIL[2], marks=(EVIL[4],), foot=EVIL[3])
    text = pdf_text(pdf_of(paper))
    assert all(squeezed(evil) in text for evil in EVIL[:5])
    assert all(squeezed(evil) in word_text(word_of(paper)) for evil in (*EVIL[:3], EVIL[4]))


def test_every_font_of_the_pdf_is_embedded_and_comes_from_the_product() -> None:
    assert pdf_fonts(pdf_of(sheet(["汉字 English 1234 é"]))) == {"NotoSansSC-Regular": True}


def test_an_unknown_glyph_does_not_break_the_file() -> None:
    assert len(pdf_pages(pdf_of(sheet(["𠮷 😀 ا \x07 ไ"])))) == 1
    assert "\ufffd" in word_text(word_of(sheet(["a\x07"])))


def test_the_word_file_names_a_chinese_font_for_chinese_text() -> None:
    book = opened(word_of(sheet(["好"])))
    for name in ("Normal", "Heading 1", "Header", "Footer"):
        fonts = book.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Microsoft YaHei"}
        assert not [key for key in fonts.attrib if "heme" in key]
    assert {node.get(qn("w:eastAsia")) for node in book.styles.element.iter(qn("w:lang"))} == {"zh-CN"}


def test_type_shrinks_until_one_page_is_enough() -> None:
    sizes = {rows: type_size(sheet(["满意"] * rows)) for rows in (2, 40, 50)}
    assert sizes == {2: 9.5, 40: 9.5, 50: 8.0}
    for rows in sizes:
        assert len(pdf_pages(pdf_of(sheet(["满意"] * rows)))) == 1


def test_what_never_fits_goes_on_with_the_papers_name_and_its_headings() -> None:
    paper = sheet([f"第{number}问" for number in range(1, 151)])
    assert type_size(paper) == 9.0
    pages = pdf_pages(pdf_of(paper))
    assert len(pages) == 4
    for number, page in enumerate(pages[1:], 2):
        assert page.startswith("客户回访记录表（续） 编号 7")
        assert f"第 {number} 页，共 4 页" in page
    assert "问题" in pages[1]
    text = squeezed("".join(pages))
    assert [text.count(f"第{number}问") for number in range(1, 151)] == [1] * 150
    assert len(word_tables(word_of(paper))[2]) == 151
    head = opened(word_of(paper)).element.body.findall(f".//{qn('w:tblHeader')}")
    assert len(head) == 1


def test_a_text_longer_than_a_page_is_not_cut() -> None:
    long = "".join(f"第{number}句。" for number in range(2_000))
    pages = pdf_pages(pdf_of(sheet([long])))
    assert len(pages) > 1
    found = squeezed("".join(pages))
    assert all(f"第{number}句。" in found for number in (0, 700, 1_400, 1_999))


def test_a_long_address_wraps_inside_its_column() -> None:
    address = "https://example.com/" + "a" * 300
    assert address in pdf_text(pdf_of(sheet([address])))


def test_english_papers_count_pages_in_english() -> None:
    paper = sheet(["good"] * 150, language="en")
    pages = pdf_pages(pdf_of(paper))
    assert pages[1].startswith("客户回访记录表 (continued)")
    assert "Page 2 of 4" in pages[1]


def test_the_same_paper_gives_the_same_pdf() -> None:
    assert pdf_of(sheet(["好"])) == pdf_of(sheet(["好"]))


def test_the_print_page_has_widths_and_type_without_a_style_in_it() -> None:
    page = Template("{% load papers %}{% paper one %}").render(Context({"one": sheet(["好"])}))
    assert 'class="paper paper-90"' in page
    assert "style=" not in page
    assert '<td class="num">5</td>' in page


def test_starting_the_product_loads_neither_typesetter_nor_word() -> None:
    asked = "import sys, huiyin.documents.public; print({'typst', 'docx', 'lxml'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def picture(size: tuple[int, int] = (640, 240), kind: str = "PNG") -> bytes:
    """A stroke from corner to corner."""
    drawn, target = Image.new("RGB", size, "white"), io.BytesIO()
    ImageDraw.Draw(drawn).line([(0, 0), size], fill="black", width=5)
    drawn.save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(("size", "kind"), [((640, 240), "PNG"), ((3000, 40), "PNG"), ((900, 1600), "JPEG")])
def test_a_drawn_signature_stands_on_its_line_in_pdf_and_word(size: tuple[int, int], kind: str) -> None:
    drawn = picture_of(picture(size, kind))
    assert drawn is not None
    paper = Paper("服务报告单", (Signatures(("客户", "工程师"), (drawn,)),), NOW)
    [page] = pypdf.PdfReader(io.BytesIO(pdf_of(paper))).pages
    assert [image.image.size for image in page.images] == [size_of(drawn)]
    book = opened(word_of(paper))
    [shown] = book.inline_shapes
    room = body_width(landscape=False) / 2
    assert shown.width.pt <= room
    assert shown.height.pt <= 60
    assert abs(shown.width / shown.height - size_of(drawn)[0] / size_of(drawn)[1]) < 0.05 * shown.width / shown.height
    assert [cell.text for cell in book.tables[-1].rows[0].cells] == ["客户", "", "工程师", ""]


def test_lines_without_a_drawing_carry_no_picture() -> None:
    paper = Paper("服务报告单", (Signatures(("客户", "工程师")),), NOW)
    assert list(pypdf.PdfReader(io.BytesIO(pdf_of(paper))).pages[0].images) == []
    assert len(opened(word_of(paper)).inline_shapes) == 0


@pytest.mark.parametrize("content", [b"", b"<svg/>", picture()[:200], b"GIF89a" + bytes(40)])
def test_what_is_no_picture_is_told_as_none(content: bytes) -> None:
    assert picture_of(content) is None
