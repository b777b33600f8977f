"""The platforms' published examples, and everything that is not one."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.channels.kinds.wecom.callback import prove, take
from huiyin.channels.rules.callbacks.flat_xml import read_xml
from huiyin.channels.rules.callbacks.masking import mask_outside
from huiyin.channels.rules.callbacks.pushed import (
    BROKEN,
    RECEIVER,
    SEALED,
    SIGNATURE,
    STALE,
    Keys,
    NotTaken,
    Pushed,
    check_fresh,
    clean,
)
from huiyin.channels.rules.callbacks.sealed import seal, signed, unseal, unseal_feishu

WECOM = Keys("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
WINDOW = timedelta(minutes=10)
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)
DINGTALK_KEY = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
DINGTALK = (
    "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ"
    "5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ=="
)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def wecom_push(sealed: str = MESSAGE, **change: str) -> Pushed:
    params = {
        "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6",
        "timestamp": "1409659813",
        "nonce": "1372623149",
    }
    return Pushed(f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode(), params | change)


def why(act: object, *args: object) -> str:
    with pytest.raises(NotTaken) as refused:
        act(*args)  # type: ignore[operator]
    return refused.value.why


def test_wecoms_published_check_of_the_address_is_answered() -> None:
    params = {
        "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        "timestamp": "1409659589",
        "nonce": "263014780",
        "echostr": ECHO,
    }
    assert prove(Pushed(params=params), WECOM, at(1409659589), WINDOW).content == "1616140317555161061"


def test_wecoms_published_message_is_read() -> None:
    words = take(wecom_push(), WECOM, at(1409659813), WINDOW).words
    assert words is not None
    assert (words.key, words.people, words.text, words.kind) == ("4561255354251345929", ("mycreate",), "hello", "")


def test_dingtalks_published_event_is_read() -> None:
    assert signed("123456", "1445827045067", "nEXhMP4r", DINGTALK) == "5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0"
    assert unseal(DINGTALK_KEY, "suite4xxxxxxxxxxxxxxx", DINGTALK) == (
        '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}'
    )


def test_feishus_published_example_is_read() -> None:
    assert unseal_feishu("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=") == "hello world"


@pytest.mark.parametrize(
    ("change", "seconds", "expected"),
    [
        ({"msg_signature": "0" * 40}, 0, SIGNATURE),
        ({"msg_signature": ""}, 0, SIGNATURE),
        ({"nonce": "other"}, 0, SIGNATURE),
        ({}, 601, STALE),
        ({}, -601, STALE),
    ],
)
def test_a_wrong_signature_or_an_old_stamp_is_refused(change: dict[str, str], seconds: int, expected: str) -> None:
    assert why(take, wecom_push(**change), WECOM, at(1409659813 + seconds), WINDOW) == expected


def test_another_receiver_or_another_key_is_refused() -> None:
    other = Keys(WECOM.token, WECOM.key, "wxsomebodyelse")
    assert why(take, wecom_push(), other, at(1409659813), WINDOW) == RECEIVER
    assert why(unseal, DINGTALK_KEY, WECOM.receiver, MESSAGE) == SEALED
    assert why(unseal, "short", WECOM.receiver, MESSAGE) == SEALED
    assert why(unseal_feishu, "other key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=") == SEALED


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<xml><Encrypt>",
        "\x00\x01",
        '<!DOCTYPE a [<!ENTITY x "y">]><xml><Encrypt>&x;</Encrypt></xml>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><xml/>',
    ],
)
def test_broken_xml_and_every_document_type_are_refused(body: str) -> None:
    assert why(read_xml, body) == BROKEN


@given(st.text(max_size=200), st.text(min_size=1, max_size=20), st.binary(min_size=16, max_size=16))
def test_what_is_sealed_can_be_unsealed_by_its_receiver_alone(text: str, receiver: str, noise: bytes) -> None:
    text, receiver = clean(text), clean(receiver) or "x"
    sealed = seal(WECOM.key, receiver, text, noise)
    assert unseal(WECOM.key, receiver, sealed) == text
    assert why(unseal, WECOM.key, f"{receiver}x", sealed) == RECEIVER


@given(st.binary(max_size=120))
def test_no_bytes_break_the_unsealing(noise: bytes) -> None:
    sealed = base64.b64encode(noise).decode()
    assert why(unseal, WECOM.key, WECOM.receiver, sealed) in (SEALED, RECEIVER)


@given(st.text(max_size=60))
def test_no_text_breaks_the_unsealing_of_feishu(text: str) -> None:
    assert why(unseal_feishu, "key", text) == SEALED


@given(st.text(max_size=20))
def test_a_stamp_that_is_none_is_refused(stamp: str) -> None:
    now = at(1_700_000_000)
    if stamp != "1700000000":
        assert why(check_fresh, stamp, now, timedelta(seconds=1)) == STALE


def test_stamps_are_seconds_or_milliseconds() -> None:
    for stamp in ("1700000000", "1700000000000"):
        check_fresh(stamp, at(1_700_000_600), WINDOW)
        assert why(check_fresh, stamp, at(1_700_000_601), WINDOW) == STALE


@pytest.mark.parametrize(
    ("given_id", "shown"), [("wmAbCdEfGh", "wm****Gh"), ("lisi", "l****"), ("x", "x****"), ("", "")]
)
def test_a_name_at_a_platform_is_masked(given_id: str, shown: str) -> None:
    assert mask_outside(given_id) == shown


def test_noise_of_any_kind_is_no_secret_of_ours() -> None:
    assert seal(WECOM.key, "r", "t", os.urandom(16)) != seal(WECOM.key, "r", "t", os.urandom(16))
