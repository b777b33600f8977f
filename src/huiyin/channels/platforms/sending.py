"""Hands a claimed notice to its platform, and asks what became of one.

An application's notice sent again under the same key reaches the person once (each platform says for how long): one of
unknown fate is simply asked for again. A group's robot knows no such key: its notice is never sent twice, and what
became of it stays unknown; people have it on their screens.
"""

from __future__ import annotations

from datetime import timedelta

from huiyin.channels.kinds.sms_out.asking import NoAnswer, NotReached
from huiyin.channels.models import OutgoingMessage, StaffAccount
from huiyin.channels.models.staff import Mode
from huiyin.channels.platforms.calling import NoToken, ask, ask_as_app
from huiyin.channels.platforms.registry import Access, Note, Platform, Verdict
from huiyin.channels.queries.staff import GROUP, staff_numbers
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.foundation import clock

NO_KEY = "the key is not where the account says"
TOO_LATE = "the sender slept for too long"
FATES = {
    Verdict.TAKEN: FateKind.SENT,
    Verdict.REFUSED: FateKind.REFUSED,
    Verdict.NOBODY: FateKind.REFUSED,
    Verdict.LATER: FateKind.LATER,
    Verdict.STALE: FateKind.LATER,
}


def send_notice(platform: Platform, message: OutgoingMessage) -> Fate:
    """Tries once."""
    if message.claimed_at is None or clock.now() - message.claimed_at >= staff_numbers().lease:
        return Fate(FateKind.LATER, TOO_LATE)  # slept since then: by now it may be somebody else's
    account = message.staff_account
    access = access_to(platform, account) if account else None
    if account is None or access is None or not access.secret:
        return Fate(FateKind.LATER, NO_KEY)
    return _tried(platform, account, access, _note(message))


def look_at_notice(platform: Platform, message: OutgoingMessage) -> Fate:
    """What became of a notice that was, or may have been, handed over."""
    account = message.staff_account
    since = message.claimed_at or message.sent_at
    if account is None or since is None or account.mode == Mode.ROBOT:
        return Fate(FateKind.UNKNOWN)
    access = access_to(platform, account)
    if message.serial:
        return _landed(platform, access, message)
    if clock.now() - since < platform.same_for - timedelta(minutes=1):
        fate = _tried(platform, account, access, _note(message))
        return fate if fate.kind is FateKind.SENT else Fate(FateKind.UNKNOWN, fate.reason)
    return Fate(FateKind.UNKNOWN)


def access_to(platform: Platform, account: StaffAccount) -> Access:
    """How to reach an account; secrets are read anew each time, so that they can be changed without a restart."""
    return Access(
        base_url=(account.base_url or platform.base_url).rstrip("/"),
        key_id=account.key_id,
        agent_id=account.agent_id,
        secret=secret_of(account.secret, Keyring.STAFF),
        sign_secret=secret_of(account.sign_secret, Keyring.STAFF),
    )


def _tried(platform: Platform, account: StaffAccount, access: Access, note: Note) -> Fate:
    try:
        if account.mode == Mode.ROBOT:
            answer = ask(access.base_url, platform.robot(access, note, clock.now()))
        else:
            answer = ask_as_app(platform, access, lambda token: platform.app(access, token, note))
    except (NotReached, NoToken) as error:
        return Fate(FateKind.LATER, str(error)[:200])
    except NoAnswer as error:
        return Fate(FateKind.UNKNOWN, str(error)[:200])
    verdict, words = platform.read(answer)
    serial = platform.serial(answer) if verdict is Verdict.TAKEN else ""
    return Fate(FATES[verdict], "" if verdict is Verdict.TAKEN else words[:200], serial=serial[:120])


def _landed(platform: Platform, access: Access, message: OutgoingMessage) -> Fate:
    result, landed = platform.result, platform.landed
    if result is None or landed is None:
        return Fate(FateKind.UNKNOWN)
    try:
        answer = ask_as_app(platform, access, lambda token: result(access, token, message.serial))
    except (NotReached, NoToken, NoAnswer):
        return Fate(FateKind.UNKNOWN)
    there = landed(answer, message.to) if platform.read(answer)[0] is Verdict.TAKEN else None
    if there is None or (not there and message.doubtful):  # a copy that was held back says nothing about the first one
        return Fate(FateKind.UNKNOWN)
    return Fate(FateKind.DELIVERED) if there else Fate(FateKind.UNDELIVERED, "the platform did not deliver it")


def _note(message: OutgoingMessage) -> Note:
    to = "" if message.to.startswith(GROUP) else message.to
    return Note(to, message.text, message.values.get("link", ""), message.message_id.strip("<>").partition("@")[0])
