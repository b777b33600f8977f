"""What a person wrote in a mail: HTML to text, without the quoted mail below the answer."""

from __future__ import annotations

import re

from html2text import HTML2Text

_NO_PICTURES = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
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
    """The words of an HTML mail, links as text, no pictures."""
    reader = HTML2Text(bodywidth=0)
    reader.ignore_images = True
    reader.ignore_emphasis = True
    reader.protect_links = True
    reader.unicode_snob = True
    return tidy(reader.handle(_NO_PICTURES.sub("", html)))


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
    line = lines[number].strip()
    if any(beginning.match(line) for beginning in _BEGINNINGS):
        return True
    following = [later.strip() for later in lines[number + 1 : number + 4]]
    return bool(_FROM.match(line)) and any(_NEXT_TO_FROM.match(later) for later in following)
