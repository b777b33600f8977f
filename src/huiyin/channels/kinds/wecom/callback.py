"""What WeCom pushes to an application: developer.work.weixin.qq.com/document/path/90238 and …/path/90968."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.channels.rules.callbacks.flat_xml import read_xml
from huiyin.channels.rules.callbacks.pushed import (
    RECEIVER,
    SIGNATURE,
    Answer,
    Keys,
    NotTaken,
    Pushed,
    Told,
    Words,
    check_fresh,
    checked,
    same,
)
from huiyin.channels.rules.callbacks.sealed import signed, unseal

EVENT, TEXT = "event", "text"


def prove(pushed: Pushed, keys: Keys, now: datetime, window: timedelta) -> Answer:
    """Answers the check of the address, made when it is written down at WeCom.

    Raises:
        NotTaken: it is not WeCom's, or not for us.
    """
    sealed = pushed.named("echostr")
    _check(pushed, keys, sealed, now, window)
    return Answer(unseal(keys.key, keys.receiver, sealed))


def take(pushed: Pushed, keys: Keys, now: datetime, window: timedelta) -> Told:
    """A message or an event.

    Raises:
        NotTaken: it is not WeCom's, not for us, or cannot be read.
    """
    sealed = read_xml(pushed.body).get("Encrypt", "").strip()
    _check(pushed, keys, sealed, now, window)
    told = read_xml(unseal(keys.key, keys.receiver, sealed))
    if told.get("ToUserName") != keys.receiver:
        raise NotTaken(RECEIVER)
    kind = told.get("MsgType", "")
    if kind == EVENT:
        return Told(Answer())
    text = told.get("Content", "") if kind == TEXT else ""
    words = Words(told.get("MsgId", ""), (told.get("FromUserName", ""),), text, kind="" if kind == TEXT else kind)
    return Told(Answer(), checked(words))


def _check(pushed: Pushed, keys: Keys, sealed: str, now: datetime, window: timedelta) -> None:
    stamp = pushed.named("timestamp")
    expected = signed(keys.token, stamp, pushed.named("nonce"), sealed)
    if not sealed or not same(pushed.named("msg_signature"), expected):
        raise NotTaken(SIGNATURE)
    check_fresh(stamp, now, window)
