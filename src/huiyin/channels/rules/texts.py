"""What a person wrote in a mail: HTML to text, without the quoted mail below the answer."""

from __future__ import annotations

import re
from html import unescape

from html2text import HTML2Text

_HIDDEN = re.compile(r"<(?:(script|style|head)\b|!--)", re.IGNORECASE)
_CLOSES = {
    name: re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE) for name in ("script", "style", "head", "")
}
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_NESTED = re.compile(r"<(/?)(?:ul|ol|blockquote)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ENDLESS_NUMBER = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
SENSIBLE = 200  # of what no mail program writes so often; the reader's time grows with its square
LINE = 400  # how far a line is looked at
# Chinese data: how mail programs begin the mail they quote
_BEGINNINGS = (
    re.compile(
        r"^-{2,}\s*(原始邮件|原始郵件|回复的原邮件|转发邮件信息|Original Message|Forwarded message)\s*-{2,}",
        re.IGNORECASE,
    ),
    re.compile(r"^_{10,}\s*$"),
    re.compile(r"^On .{5,200} wrote:\s*$", re.IGNORECASE),
    re.compile(r"^(在|于)?\s*\d{4}[-/年].{3,120}(写道|寫道)[:：]\s*$"),
    re.compile(r"^.{0,80}<[^>]+@[^>]+>\s*(于|在).{3,80}(写道|寫道)[:：]\s*$"),
)
_FROM = re.compile(r"^\W{0,3}(发件人|寄件者|From)\W{0,3}[:：]", re.IGNORECASE)
_NEXT_TO_FROM = re.compile(r"^\W{0,3}(发送时间|发送日期|日期|寄件日期|收件人|Sent|Date|To)\W{0,3}[:：]", re.IGNORECASE)
_BLANKS = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """The words of an HTML mail, links as text, no pictures; of HTML that cannot be read the words between its tags."""
    seen = _ENDLESS_NUMBER.sub("\ufffd", _without_hidden(html))
    if _is_senseless(seen):
        return _between_tags(seen)
    reader = HTML2Text(bodywidth=0)
    reader.ignore_images = True
    reader.ignore_emphasis = True
    reader.protect_links = True
    reader.unicode_snob = True
    try:
        return tidy(reader.handle(seen))
    except (AssertionError, ValueError, LookupError, RecursionError):  # "<![foo" and its like
        return _between_tags(seen)


def _without_hidden(html: str) -> str:
    """Without scripts, styles and comments; one that is never closed stays, and is looked for once."""
    kept: list[str] = []
    end, endless = 0, set()
    for opening in _HIDDEN.finditer(html):
        name = (opening[1] or "").lower()
        if opening.start() < end or name in endless:
            continue
        closing = _CLOSES[name].search(html, opening.end())
        if closing is None:
            endless.add(name)
            continue
        kept.append(html[end : opening.start()])
        end = closing.end()
    return "".join([*kept, html[end:]])


def _is_senseless(html: str) -> bool:
    """Whether hundreds of tags never end, or stand within one another."""
    depth = deepest = 0
    for tag in _NESTED.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest > SENSIBLE or sum(1 for _tag in _UNCLOSED.finditer(html)) > SENSIBLE


def _between_tags(html: str) -> str:
    return tidy(unescape(_TAG.sub(" ", html)))


def tidy(text: str) -> str:
    """Without trailing blanks and rows of empty lines."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


def without_quote(text: str) -> str:
    """The answer without the mail it answers; the whole text when nothing would be left."""
    lines = tidy(text).split("\n")
    end = next((number for number in range(len(lines)) if _quote_begins(lines, number)), len(lines))
    own = [line for line in lines[:end] if not line.startswith(">")]
    return tidy("\n".join(own)) or tidy(text)


def _quote_begins(lines: list[str], number: int) -> bool:
    line = lines[number][:LINE].strip()
    if any(beginning.match(line) for beginning in _BEGINNINGS):
        return True
    following = [later[:LINE].strip() for later in lines[number + 1 : number + 4]]
    return bool(_FROM.match(line)) and any(_NEXT_TO_FROM.match(later) for later in following)
