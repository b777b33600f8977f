"""No text without Chinese, no Chinese in code, no word in a template that cannot be translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType
from tools import messages

from huiyin.config.messages import SOURCE, catalogues, compile_messages, is_stale

CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*[\d.]*[sdfr]|\{(\w*)\}")
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:title|placeholder|alt|aria-label|data-ask)="([^"]*)"')
UNSPOKEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
# The same in every language: abbreviations, keys, sample numbers of the gallery.
SAME_EVERYWHERE = {
    "VIP",
    "SMS",
    "NPS",
    "CSAT",
    "CES",
    "CSI",
    "SLA",
    "API",
    "CSV",
    "Excel",
    "Word",
    "PDF",
    "JSON",
    "QR",
    "ID",
    "nbsp",
    "middot",
}
# Chinese as data lies in these folders (names for the demo, headers that imports recognise, patterns of rules); a file
# elsewhere that holds some says so in a line of its own.
DATA_FOLDERS = {"demo", "seed", "seeds", "shipped", "import_kinds", "intake", "rules", "data", "migrations"}
DATA_MARK = "# Chinese data:"
OWN_NAMES = re.compile("简体中文|回音")

TEMPLATES = sorted(path for path in SOURCE.glob("*/templates/**/*") if path.suffix in {".html", ".txt"})
CODE = sorted(path for path in SOURCE.rglob("*.py") if not DATA_FOLDERS & set(path.relative_to(SOURCE).parts))
TAKES_WORDS = {
    *("badge", "level", "empty", "person", "stat", "bar", "progress", "dial", "sparkline", "field", "clock_chip"),
    *("include",),
}


def name_of(path: Path) -> str:
    """A file as it is called in test ids."""
    return str(path.relative_to(SOURCE))


def catalogue_at(path: Path) -> Catalog:
    """A catalogue read from its file."""
    with path.open("rb") as source:
        return read_po(source, locale="zh_Hans")


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_every_text_of_a_room_has_its_chinese(room: messages.Room):
    wanted = {(text.id, text.context) for text in messages.gathered(room) if text.id}
    if not wanted:
        return
    assert room.catalogue.exists(), "run: make messages"
    present = {(text.id, text.context): text for text in catalogue_at(room.catalogue) if text.id}
    without = [key[0] for key in wanted if key not in present or present[key] in messages.missing([present[key]])]
    assert without == [], "run: make messages, then translate"


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_texts_in_code_are_english(room: messages.Room):
    assert [text.id for text in messages.gathered(room) if CHINESE.search(str(text.id))] == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_no_translation_is_a_guess(path: Path):
    assert [text.id for text in catalogue_at(path) if text.id and text.fuzzy] == []


@pytest.mark.parametrize("path", catalogues(), ids=name_of)
def test_translations_fill_in_what_the_text_fills_in(path: Path):
    wrong = []
    for text in catalogue_at(path):
        if not text.id:
            continue
        last = text.id[-1] if isinstance(text.id, tuple) else text.id
        chinese = text.string[-1] if isinstance(text.string, tuple) else text.string
        if sorted(set(PLACEHOLDER.findall(last))) != sorted(set(PLACEHOLDER.findall(chinese or ""))):
            wrong.append((last, chinese))
    assert wrong == []


def test_one_english_text_has_one_chinese_text():
    """Where one English word needs two Chinese ones, a context (pgettext) tells them apart."""
    said: dict[tuple[object, str | None], set[object]] = {}
    for path in catalogues():
        for text in catalogue_at(path):
            if text.id:
                said.setdefault((text.id, text.context), set()).add(text.string)
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def strings_in(path: Path) -> Iterator[str]:
    """The strings of a Python file, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, holders) and ast.get_docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_no_chinese_stands_in_code():
    found = {}
    for path in CODE:
        if DATA_MARK in path.read_text(encoding="utf-8"):
            continue
        chinese = [text for text in strings_in(path) if CHINESE.search(OWN_NAMES.sub("", text))]
        if chinese:
            found[name_of(path)] = chinese
    assert found == {}


def loose_words(source: str) -> list[str]:
    """Words of a template that stand outside every translation."""
    found: list[str] = []
    html = ""
    translating = False
    commented = False
    for token in Lexer(source).tokenize():
        first = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type == TokenType.BLOCK:
            translating = first in {"blocktranslate", "blocktrans"} or (
                translating and not first.startswith("endblock")
            )
            commented = first == "comment" or (commented and first != "endcomment")
            if first in TAKES_WORDS:
                found += [said for said in re.findall(r'"([^"]*)"', token.contents) if is_sentence(said)]
        elif token.token_type == TokenType.TEXT and not (translating or commented):
            html += token.contents
            continue
        html += "\x00"
    found += [word for said in SPOKEN_ATTRIBUTES.findall(html) for word in words_in(said)]
    return found + words_in(UNSPOKEN.sub(" ", html))


def is_sentence(text: str) -> bool:
    """Whether a literal given to a tag is meant for people: Chinese, or several words."""
    return bool(CHINESE.search(text)) or len(re.findall(r"[A-Za-z]{2,}(?=\s|$)", text)) > 1


def words_in(text: str) -> list[str]:
    """The words of a text, without those that are the same in every language."""
    return [word for word in WORD.findall(re.sub(r"&\w+;", " ", text)) if word not in SAME_EVERYWHERE]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_word_of_a_template_can_be_translated(path: Path):
    assert loose_words(path.read_text(encoding="utf-8")) == []


def test_a_loose_word_is_noticed():
    assert loose_words("<p>Hello</p>") == ["Hello"]
    assert loose_words('<p title="你好">{% translate "Hello" %}</p>') == ["你", "好"]
    assert loose_words('{% empty "Nothing here" "#" %}') == ["Nothing here"]
    assert loose_words('<b class="x">{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</b>{# note #}') == []


def test_a_changed_catalogue_is_compiled_and_a_compiled_one_left_alone(tmp_path: Path):
    folder = tmp_path / "room" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = folder / "django.po"
    catalogue.write_text(messages.HEADER + 'msgid "Case"\nmsgstr "工单"\n', encoding="utf-8")
    assert compile_messages(tmp_path) == [catalogue]
    assert "工单".encode() in catalogue.with_suffix(".mo").read_bytes()
    assert not is_stale(catalogue)
    assert compile_messages(tmp_path) == []
