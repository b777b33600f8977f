"""Markdown to HTML that can be shown to anybody: raw HTML stays text, and only a list of harmless tags gets through."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "strong", "em", "s", "blockquote", "code", "pre"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_LOWER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h6": "h5"}  # a page has one h1, its sections are h2
_reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])
_reader.disable("image")  # pictures are kept as files of the article


def as_html(text: str) -> str:
    """The text as HTML without scripts, styles, pictures or foreign markup; links open nothing but web, mail, phone."""
    parsed = _reader.parse(text)
    for token in parsed:
        token.tag = _LOWER.get(token.tag, token.tag)
    html = _reader.renderer.render(parsed, _reader.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
