"""A mail is read whatever stands in it; machines are told from people."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.channels.rules.addresses import mask_address, plain_address
from huiyin.channels.rules.attachments import refusal, safe_name, sniff
from huiyin.channels.rules.authenticity import is_forged
from huiyin.channels.rules.bounces import read_bounce
from huiyin.channels.rules.charsets import header_text, text_of
from huiyin.channels.rules.ignoring import Circumstances, why_ignored
from huiyin.channels.rules.parsing import parse_mail
from huiyin.channels.rules.policy import MEGABYTE, SHIPPED
from huiyin.channels.rules.sieve import Sieve
from huiyin.channels.rules.texts import plain_text, without_quote


def raw(headers: str = "", body: bytes = "您好".encode()) -> bytes:
    return f"From: Zhang <Zhang@x.cn>\r\nMessage-ID: <1@x.cn>\r\n{headers}".encode() + b"\r\n" + body


@given(st.binary(max_size=3000))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    mail = parse_mail(data)
    for text in (mail.subject, mail.text, mail.full_text, mail.sender, *mail.headers.values()):
        text.encode("utf-8")
        assert "\x00" not in text


PIECES = [
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"--b\r\n",
    b"--b--\r\n",
    b"\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Type: text/plain; charset=martian\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"5Zue6Z+z\r\n",
    b"=?utf-8?b?5Zu?=\r\n",
    b"Subject: =?gb2312?B?xPq6ww==?=\r\n",
    b"Content-Disposition: attachment; filename*=utf-8''%E5%9B%9E\r\n",
    b"\xff\xfe\x00\r\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_heap_of_mime_breaks_the_reader(lines: list[bytes]) -> None:
    parse_mail(b"".join(lines))


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000))
HTML = b"Content-Type: text/html\r\n\r\n"
HOSTILE = {
    "a charset that reads nothing": (b"Content-Type: text/plain; charset=undefined\r\n\r\n" + "您好".encode(), "您好"),
    "a charset of host names": (b"Content-Type: text/plain; charset=idna\r\n\r\n" + "您好".encode(), "您好"),
    "a charset with NUL": (b'Content-Type: text/plain; charset="a\x00b"\r\n\r\n' + "您好".encode(), "您好"),
    "a subject in no charset": (b"Subject: =?undefined?B?5oKo5aW9?=\r\n\r\nhi", "hi"),
    "raw ids": ("References: <张@x>\r\nIn-Reply-To: <李\x00@x>\r\n\r\nhi".encode(), "hi"),
    "a type with NUL": (b"Content-Type: application/\x00pdf\r\n\r\nhi", ""),
    "parts within parts": (NESTED, ""),
    "unknown marks": (HTML + b"<p>hi</p><![foo", "hi\n\n<![foo"),
    "a number without end": (HTML + b"<p>hi</p>&#" + b"9" * 5000 + b";", "hi\n\n\ufffd"),
    "styles without end": (HTML + b"<p>hi</p>" + b"<style>" * 20_000, "hi"),
    "tags without end": (HTML + b"<p>hi</p>" + b"<a " * 66_000, None),
    "comments without end": (HTML + b"<p>hi</p>" + b"<!--" * 50_000, None),
    "lists within lists": (HTML + b"<p>hi</p>" + b"<ul><li>" * 25_000, "hi"),
    "a line of signs": (b"\r\n<" + b"@" * 199_000, "<" + "@" * 199_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_mail_breaks_or_holds_up_the_reader(name: str) -> None:
    """Each is read at once; the endless ones took minutes to hours when they were read as they stand."""
    body, words = HOSTILE[name]
    mail = parse_mail(b"From: a@x.cn\r\nMessage-ID: <" + "张".encode() + b"\x00@x>\r\n" + body)
    assert mail.text == words or (words is None and mail.text.startswith("hi"))
    kept = (mail.message_id, mail.in_reply_to, *mail.references, mail.subject, mail.text, *mail.headers.values())
    for text in (*kept, *(word for file in mail.attachments for word in (file.name, file.claimed_type))):
        text.encode("utf-8")
        assert "\x00" not in text
    assert mail.message_id == "<张@x>"


def test_hidden_parts_of_html_are_not_read_and_the_rest_is() -> None:
    html = (
        "<head><title>t</title></head><STYLE>p{}</STYLE ><!-- <p>not this</p> --><p>一</p><script>x<y</script><p>二</p>"
    )
    assert plain_text(html) == "一\n\n二"


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("您好".encode("gbk"), "gb2312", "您好"),
        ("您好，碎片：镕".encode("gb18030"), "gb2312", "您好，碎片：镕"),
        ("您好".encode(), "gbk2312", "您好"),
        ("您好".encode("gbk"), "", "您好"),
        ("您好".encode("gbk"), "utf-8", "您好"),
        ("您好".encode("big5"), "big5", "您好"),
        (b"a\x00b", "utf-8", "ab"),
    ],
)
def test_any_charset_becomes_text(data: bytes, declared: str, text: str) -> None:
    assert text_of(data, declared) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?GB2312?B?xPq1xLu6s+X3yA==?=", "您的缓冲魅"),
        ("=?utf-8?B?5oKo?= =?utf-8?B?5aW9?=", "您好"),
        ("=?utf-8?B?5oK?= =?utf-8?B?qOWlvQ==?=", None),
        ("您好".encode().decode("ascii", "surrogateescape"), "您好"),
        ("您好".encode("gbk").decode("ascii", "surrogateescape"), "您好"),
        ("=?martian?Q?hello?=", "hello"),
        ("plain\r\n words", "plain words"),
    ],
)
def test_headers_of_any_program_are_read(value: str, text: str | None) -> None:
    assert text is None or header_text(value) == text


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("a@x.cn <a@x.cn>", "a@x.cn", "a@x.cn"),
        ("客服@门店 <a@x.cn>", "客服@门店", "a@x.cn"),
        ("a@x.cn; b@x.cn", "", "a@x.cn"),
        ("=?utf-8?B?5byg5LiJIDxhQHguY24+?=", "张三", "a@x.cn"),
        ("Zhang (San <a@x.cn>", "Zhang (San", "a@x.cn"),
        ("Zhang San", "", ""),
    ],
)
def test_a_sender_who_keeps_no_rules_is_read_all_the_same(value: str, name: str, address: str) -> None:
    mail = parse_mail(f"From: {value}\r\n\r\nhi".encode())
    assert (mail.sender_name, mail.sender) == (name, address)


def test_html_becomes_words_without_scripts() -> None:
    html = "<html><style>p{}</style><p>您好，<b>投诉</b></p><script>alert(1)</script><p>第二段<br>换行</p></html>"
    assert plain_text(html) == "您好，投诉\n\n第二段  \n换行".replace("  \n", "\n")


@pytest.mark.parametrize(
    "quote",
    [
        '------------------ 原始邮件 ------------------\n发件人: "客服" <a@b.cn>;',
        '在 2026-09-28 09:00:00，"客服" <a@b.cn> 写道：\n> 原文',
        "On Mon, Sep 28, 2026 at 9:00 AM Service <a@b.cn> wrote:\n> text",
        "客服 <a@b.cn> 于2026年9月28日周一 09:00写道：\n原文",
        "发件人：客服\n发送时间：2026年9月28日\n收件人：张三\n主题：回复",
        "________________________________\nFrom: Service\nSent: Monday",
        "-----Original Message-----\nFrom: a",
    ],
)
def test_the_quoted_mail_is_left_out(quote: str) -> None:
    assert without_quote(f"可以，周二来吧。\n\n{quote}\n更多\n") == "可以，周二来吧。"


def test_a_mail_that_is_all_quote_stays_whole() -> None:
    assert without_quote("> 只有引用") == "> 只有引用"


def test_a_mail_with_an_attached_mail_and_a_picture() -> None:
    inner, mail = EmailMessage(), EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inside")
    mail["From"] = "张三 <zhang@x.cn>"
    mail["Subject"] = "图片"
    mail.set_content("正文")
    mail.add_alternative("<p>正文</p>", subtype="html")
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="截图.png")
    mail.add_attachment(inner)
    parsed = parse_mail(mail.as_bytes())
    assert (parsed.sender, parsed.sender_name, parsed.subject, parsed.text) == ("zhang@x.cn", "张三", "图片", "正文")
    assert [(one.name, one.claimed_type) for one in parsed.attachments] == [
        ("截图.png", "image/png"),
        ("", "message/rfc822"),
    ]


OURS = Circumstances(own_addresses={"service@company.example"})


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ("Subject: 投诉\r\n", ""),
        ("Auto-Submitted: no\r\n", ""),
        ("Auto-Submitted: auto-replied\r\n", "automatic"),
        ("Auto-Submitted: auto-generated; owner-email=x\r\n", "automatic"),
        ("Precedence: bulk\r\n", "automatic"),
        ("X-Autoreply: yes\r\n", "automatic"),
        ("Return-Path: <>\r\n", "automatic"),
        ("Subject: 自动回复：我在休假\r\n", "automatic"),
        ("Subject: Automatic reply: away\r\n", "automatic"),
        ("Subject: Auto repair complaint\r\n", ""),
        ("X-Loop: service@company.example\r\n", "own"),
        ("X-Loop: other@x.cn\r\n", ""),
        ("X-Failed-Recipients: a@b.cn\r\n", "bounce"),
    ],
)
def test_machines_are_told_from_people(headers: str, why: str) -> None:
    assert why_ignored(parse_mail(raw(headers)), OURS, SHIPPED) == why


OURS_IN_REPORT = "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <hy.1@company.example>\r\n\r\nhi\r\n--b--"


@pytest.mark.parametrize(
    ("kind", "said", "final"),
    [
        ("delivery-status", "Action: failed", True),
        ("delivery-status", "Action: delivered\r\n\r\nAction: failed", True),
        ("delivery-status", "Remark: no such user", True),
        ("delivery-status", "Action: delayed", False),
        ("delivery-status", "Action: delivered", False),
        ("delivery-status", "Action: relayed", False),
        ("disposition-notification", "Disposition: manual-action/MDN-sent-manually; displayed", None),
        ("feedback-report", "Feedback-Type: abuse", None),
    ],
)
def test_only_word_that_a_letter_failed_says_so(kind: str, said: str, final: bool | None) -> None:
    report = f"--b\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; x\r\n\r\n{said}\r\n\r\n{OURS_IN_REPORT}"
    mail = parse_mail(raw(f"Content-Type: multipart/report; report-type={kind}; boundary=b\r\n", report.encode()))
    bounce = read_bounce(mail)
    assert (bounce.message_id, bounce.final) == ("<hy.1@company.example>", final) if bounce else final is None
    assert why_ignored(mail, OURS, SHIPPED) == ("bounce" if bounce else "automatic")


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ("mx.company.example; dmarc=fail header.from=x.cn; spf=pass", "forged"),
        ("mx.company.example 1; spf=fail (sender not allowed; see rfc) smtp.mailfrom=x.cn", "forged"),
        ("mx.company.example; spf=fail; dkim=pass header.d=x.cn", ""),
        ("mx.company.example; spf=fail; dmarc=pass", ""),
        ("mx.company.example; spf=softfail; dkim=none", ""),
        ("mx.company.example; none", ""),
        ("mx.elsewhere.example; dmarc=fail", ""),
        ("mx.company.example; " + "dkim=pass header.d=elsewhere.example; " * 30 + "dmarc=fail", "forged"),
        ("", ""),
    ],
)
def test_a_forged_sender_is_known_by_the_word_of_our_own_server_only(results: str, why: str) -> None:
    mail = parse_mail(raw(f"Authentication-Results: {results}\r\n"))
    believes = Circumstances(believed_server="mx.company.example")
    assert why_ignored(mail, believes, SHIPPED) == why
    assert why_ignored(mail, Circumstances(), SHIPPED) == ""


@given(st.text(max_size=200))
def test_no_word_of_a_server_breaks_the_reader(results: str) -> None:
    assert is_forged(results, "") is False
    assert is_forged(f"mx;{results}", "mx") in (True, False)


def test_own_addresses_floods_and_loops() -> None:
    own = parse_mail(b"From: Service@Company.example\r\n\r\nx")
    person = parse_mail(raw())
    assert why_ignored(own, OURS, SHIPPED) == "own"
    assert why_ignored(person, Circumstances(recent_from_sender=19), SHIPPED) == ""
    assert why_ignored(person, Circumstances(recent_from_sender=20), SHIPPED) == "flood"
    assert why_ignored(person, Circumstances(recent_in_thread=4), SHIPPED) == ""
    assert why_ignored(person, Circumstances(recent_in_thread=5), SHIPPED) == "loop"
    assert why_ignored(parse_mail(b"Subject: x\r\n\r\ny"), OURS, SHIPPED) == "nobody"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.doc", "evil.doc"),
        ("", "attachment-3"),
        ("...", "attachment-3"),
        ("con.txt", "attachment-3.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_file_names_are_harmless(name: str, safe: str) -> None:
    assert safe_name(name, 3) == safe


@given(st.text(max_size=300))
def test_every_file_name_is_harmless(name: str) -> None:
    safe = safe_name(name, 1)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\\x00:*?"<>|')
    assert safe not in (".", "..")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF....WEBPVP8", "image/webp"),
        (b"PK\x03\x04....xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04....", "application/zip"),
        (b"MZ\x90", "application/x-msdownload"),
        (b" <HTML><script>", "text/html"),
        (b"plain", "text/plain"),
        (b"\x00\x01", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_types_are_told_by_the_bytes(content: bytes, kind: str) -> None:
    assert sniff(content) == kind


@pytest.mark.parametrize(
    ("name", "sniffed", "size", "number", "why"),
    [
        ("a.pdf", "application/pdf", 20 * MEGABYTE, 50, ""),
        ("a.pdf", "application/pdf", 20 * MEGABYTE + 1, 1, "too_large"),
        ("a.pdf", "application/pdf", 1, 51, "too_many"),
        ("photo.jpg", "application/x-msdownload", 1, 1, "runs"),
        ("run.BAT", "text/plain", 1, 1, "runs"),
    ],
)
def test_why_an_attachment_is_not_kept(name: str, sniffed: str, size: int, number: int, why: str) -> None:
    limits = {"most_bytes": SHIPPED.attachment_bytes, "most": SHIPPED.attachments}
    assert refusal(name=name, sniffed=sniffed, size=size, number=number, **limits) == why


@given(st.lists(st.binary(max_size=50), max_size=20), st.integers(1, 40))
def test_the_sieve_passes_small_mails_unchanged(pieces: list[bytes], part: int) -> None:
    whole = b"".join(pieces)
    assert b"".join(Sieve(part_bytes=2000, total_bytes=2000).lines(pieces)) == whole
    narrow = Sieve(part_bytes=part, total_bytes=2000)
    assert sum(map(len, narrow.lines(pieces))) + narrow.dropped == len(whole)


def test_the_sieve_cuts_a_part_and_keeps_what_follows() -> None:
    mail = [b"--b\nhead\n\n" + b"AAAA\n" * 1000, b"AAAA\n" * 1000 + b"--b\nsmall\n--b--\n"]
    kept = b"".join(Sieve(part_bytes=100, total_bytes=10_000).lines(mail))
    assert kept.endswith(b"--b\nsmall\n--b--\n")
    assert len(kept) < 200


def test_addresses_are_compared_in_one_form_and_shown_masked() -> None:
    assert plain_address('"张三" <Zhang.San@X.cn>') == "zhang.san@x.cn"
    assert plain_address("nobody") == ""
    assert mask_address("zhang.san@x.cn") == "z***@x.cn"
    assert mask_address("") == ""
