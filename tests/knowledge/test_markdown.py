"""Markdown is shown, scripts are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.knowledge.rules.markdown import TAGS, as_html

HARM = re.compile(
    r"<(?:script|style|iframe|img|svg|object|form|input|base|meta|link)\b|<[^>]*\son\w+\s*=|<[^>]*javascript:",
    re.IGNORECASE,
)


def test_headings_lists_tables_and_links_are_drawn() -> None:
    html = as_html("# 问题\n\n- 一\n- 二\n\n**重要** [官网](https://huiyin.example)\n\n|甲|乙|\n|-|-|\n|1|2|")
    assert html == (
        "<h3>问题</h3>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n<p><strong>重要</strong> "
        '<a href="https://huiyin.example" rel="noopener noreferrer">官网</a></p>\n<table>\n<thead>\n<tr>\n<th>甲</th>\n'
        "<th>乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)'>x</a>",
        "![x](https://evil.example/pixel.png)",
        "<svg/onload=alert(1)>",
        "```\n<script>alert(1)</script>\n```",
        "[a]: javascript:alert(1)\n\n[a]",
        "<iframe src=//evil.example></iframe>",
        "|<script>|\n|-|\n|<b onclick=x>|",
    ],
)
def test_nothing_in_a_text_runs_or_loads(text: str) -> None:
    assert not HARM.search(as_html(text)), as_html(text)


@given(st.text(alphabet="<>/\"'=()[]!#*`|-&;:ajscriptonlxhef \n", max_size=200))
def test_only_harmless_tags_come_out(text: str) -> None:
    html = as_html(text)
    assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html)} <= TAGS
    assert not HARM.search(html)
