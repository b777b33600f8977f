"""A raw mail becomes a ParsedMail, however broken its MIME is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message as Mime
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses

from huiyin.channels.rules.addresses import plain_address
from huiyin.channels.rules.charsets import clean, header_text, text_of
from huiyin.channels.rules.texts import plain_text, tidy, without_quote

KEPT_HEADERS = (
    "auto-submitted", "precedence", "x-loop", "x-autoreply", "x-autorespond", "x-failed-recipients", "return-path",
    "reply-to", "list-id", "content-type", "date", "importance", "x-priority", "authentication-results",
)  # fmt: skip
_ID = re.compile(r"<[^<>\s]{1,240}>")
_ANGLED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_BARE = re.compile(r"([^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+)")
HEADER_LENGTH = 10_000  # the word of our own server about a sender stands last in a long header
SUBJECT_LENGTH = 300
TEXT_LENGTH = 200_000
REFERENCES = 50


@dataclass(frozen=True)
class ParsedAttachment:
    """A part of a mail that is not its text."""

    name: str
    claimed_type: str
    content: bytes


@dataclass(frozen=True)
class ParsedMail:
    """A mail as the rules see it; every text is clean and bounded. ``text`` is without the quoted mail."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    full_text: str
    headers: Mapping[str, str]
    attachments: tuple[ParsedAttachment, ...] = ()
    reports: tuple[str, ...] = field(default=(), repr=False)

    @property
    def digest(self) -> str:
        """What makes two copies of one mail the same, whichever mailbox they arrived in."""
        parts = (self.sender, self.subject, self.full_text, str(len(self.attachments)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def answers(self) -> tuple[str, ...]:
        """The message ids this mail answers, nearest first."""
        return tuple(dict.fromkeys([*filter(None, [self.in_reply_to]), *reversed(self.references)]))


def parse_mail(raw: bytes) -> ParsedMail:
    """Reads a raw mail; never raises, whatever stands in it."""
    mime = _mime(raw)
    headers = _headers(mime)
    sender_name, sender = _sender(headers)
    full = _text(mime)[:TEXT_LENGTH]
    return ParsedMail(
        message_id=_first_id(headers.get("message-id", "")),
        in_reply_to=_first_id(headers.get("in-reply-to", "")),
        references=tuple(_ID.findall(_id_text(headers.get("references", ""))))[-REFERENCES:],
        sender=sender,
        sender_name=sender_name[:120],
        to=tuple(_addresses(headers)),
        subject=header_text(headers.get("subject", ""))[:SUBJECT_LENGTH],
        text=without_quote(full),
        full_text=full,
        headers={name: header_text(headers[name])[:HEADER_LENGTH] for name in KEPT_HEADERS if name in headers},
        attachments=tuple(_attachments(mime)),
        reports=tuple(_reports(mime)),
    )


def _mime(raw: bytes) -> Mime:
    """The parts of a mail; one that is nested endlessly is a single part behind its headers."""
    parser = BytesParser(policy=compat32)
    try:
        return parser.parsebytes(raw)
    except RecursionError:
        return parser.parsebytes(raw, headersonly=True)


def _headers(mime: Mime) -> dict[str, str]:
    """The first of each header as raw text, names in small letters."""
    found: dict[str, str] = {}
    for name, value in mime.raw_items():
        found.setdefault(name.lower(), str(value))
    return found


def _first_id(value: str) -> str:
    found = _ID.search(_id_text(value))
    return found.group() if found else ""


def _id_text(value: str) -> str:
    """Ids as they stand; raw bytes in them, which some programs send, as words."""
    return clean(value) if value.isascii() else header_text(value)


def _sender(headers: Mapping[str, str]) -> tuple[str, str]:
    raw = headers.get("from") or headers.get("sender") or headers.get("return-path", "")
    pairs = getaddresses([raw if raw.isascii() else header_text(raw)])
    name, address = next(((name, address) for name, address in pairs if "@" in address), ("", ""))
    if not address:
        name, address = _loosely(header_text(raw)[:HEADER_LENGTH])
    return header_text(name), clean(plain_address(address))[:254]


def _loosely(words: str) -> tuple[str, str]:
    """The sender in a line that keeps no rules, as ``a@x.cn <a@x.cn>``: what stands in angles, else the first address.

    A sender that cannot be read would be nobody, and nobody would work on the mail.
    """
    found = _ANGLED.search(words) or _BARE.search(words)
    return (words[: found.start()].strip(' "'), found[1]) if found else ("", "")


def _addresses(headers: Mapping[str, str]) -> Iterator[str]:
    raw = [header_text(headers[name]) for name in ("to", "cc", "delivered-to") if name in headers]
    found = (clean(plain_address(address))[:254] for _name, address in getaddresses(raw))
    yield from list(dict.fromkeys(filter(None, found)))[:50]


def _leaves(mime: Mime, depth: int = 0) -> Iterator[Mime]:
    """The parts that hold something; an attached mail is one part, nesting is cut at twenty."""
    parts = _inside(mime)
    if mime.get_content_maintype() == "multipart" and parts is not None and depth < 20:  # noqa: PLR2004
        for part in parts:
            if isinstance(part, Mime):
                yield from _leaves(part, depth + 1)
    else:
        yield mime


def _inside(mime: Mime) -> Sequence[object] | None:
    """The parts within a part; None of one that holds text or a file, whose charset may be one that cannot be asked."""
    parts = mime.get_payload() if mime.is_multipart() else None
    return parts if isinstance(parts, list) else None


def _is_text(part: Mime) -> bool:
    if part.get_content_type() not in ("text/plain", "text/html"):
        return False
    return "attachment" not in str(part.get("content-disposition", "")).lower() and not _name(part)


def _text(mime: Mime) -> str:
    """The plain text parts, else the HTML ones in words."""
    texts = [part for part in _leaves(mime) if _is_text(part)]
    plain = [_decoded(part) for part in texts if part.get_content_type() == "text/plain"]
    words = tidy("\n\n".join(plain))
    if words:
        return words
    return tidy("\n\n".join(plain_text(_decoded(part)) for part in texts if part.get_content_type() == "text/html"))


def _content(part: Mime) -> bytes:
    """The decoded bytes of a part; an attached mail as it stands."""
    inside = _inside(part)
    if inside is not None:
        return b"\n".join(_as_bytes(inner) for inner in inside if isinstance(inner, Mime))
    try:
        data = part.get_payload(decode=True)
    except (ValueError, AssertionError, LookupError):
        data = None
    return data if isinstance(data, bytes) else _as_bytes(part)


def _as_bytes(mime: Mime) -> bytes:
    try:
        return mime.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return str(mime.get_payload()).encode("utf-8", "replace")


def _decoded(part: Mime) -> str:
    return text_of(_content(part), str(part.get_content_charset() or ""))


def _name(part: Mime) -> str:
    try:
        return header_text(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _attachments(mime: Mime) -> Iterator[ParsedAttachment]:
    is_report = mime.get_content_type() == "multipart/report"
    for part in _leaves(mime):
        if _is_text(part) or (is_report and part.get_content_maintype() == "message"):
            continue
        if part.get_content_maintype() == "multipart" and not _content(part).strip():
            continue
        yield ParsedAttachment(_name(part), clean(part.get_content_type())[:100], _content(part))


def _reports(mime: Mime) -> Iterator[str]:
    """Delivery reports and the headers of the mail they speak of, as text."""
    for part in _leaves(mime):
        if part.get_content_type() in ("message/delivery-status", "message/rfc822", "text/rfc822-headers"):
            yield clean(_content(part)[:20_000].decode("utf-8", "replace"))
