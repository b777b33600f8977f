"""The encryption of callbacks, after the platforms' public documentation.

WeCom and DingTalk: AES-256-CBC, padded to blocks of 32 bytes, over sixteen random bytes, the length, the text and the
receiver. Feishu: AES-256-CBC with a first block as its beginning, the key being the digest of the Encrypt Key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from huiyin.channels.rules.callbacks.pushed import RECEIVER, SEALED, NotTaken, same

BLOCK, WIDE, KEY = 16, 32, 32  # bytes


def signed(token: str, stamp: str, nonce: str, sealed: str) -> str:
    """The signature of WeCom and DingTalk: SHA-1 over the four in their order as texts."""
    return hashlib.sha1("".join(sorted((token, stamp, nonce, sealed))).encode("utf-8", "replace")).hexdigest()  # noqa: S324 - theirs


def unseal(key: str, receiver: str, sealed: str) -> str:
    """The text of WeCom and DingTalk.

    Raises:
        NotTaken: it is not encrypted with this key, or meant for another receiver.
    """
    secret = _wide_key(key)
    plain = _decrypted(secret, secret[:BLOCK], _bytes(sealed), WIDE)
    if len(plain) < BLOCK + 4:
        raise NotTaken(SEALED)
    ends = BLOCK + 4 + struct.unpack(">I", plain[BLOCK : BLOCK + 4])[0]
    if ends > len(plain):
        raise NotTaken(SEALED)
    if not same(plain[ends:].decode("utf-8", "replace"), receiver):
        raise NotTaken(RECEIVER)
    return _text(plain[BLOCK + 4 : ends])


def seal(key: str, receiver: str, text: str, noise: bytes) -> str:
    """A text for WeCom or DingTalk; ``noise`` are sixteen random bytes."""
    secret, words = _wide_key(key), text.encode()
    padder = PKCS7(WIDE * 8).padder()
    plain = padder.update(noise + struct.pack(">I", len(words)) + words + receiver.encode()) + padder.finalize()
    locking = Cipher(AES256(secret), CBC(secret[:BLOCK])).encryptor()
    return base64.b64encode(locking.update(plain) + locking.finalize()).decode()


def unseal_feishu(key: str, sealed: str) -> str:
    """The text of Feishu.

    Raises:
        NotTaken: it is not encrypted with this key.
    """
    raw = _bytes(sealed)
    return _text(_decrypted(hashlib.sha256(key.encode()).digest(), raw[:BLOCK], raw[BLOCK:], BLOCK))


def _wide_key(key: str) -> bytes:
    secret = _bytes(f"{key}=")
    if len(secret) != KEY:
        raise NotTaken(SEALED)
    return secret


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotTaken(SEALED) from error


def _decrypted(secret: bytes, begins: bytes, raw: bytes, block: int) -> bytes:
    if not raw or len(raw) % BLOCK or len(begins) != BLOCK:
        raise NotTaken(SEALED)
    opening = Cipher(AES256(secret), CBC(begins)).decryptor()
    padded = opening.update(raw) + opening.finalize()
    unpadder = PKCS7(block * 8).unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError as error:
        raise NotTaken(SEALED) from error


def _text(plain: bytes) -> str:
    try:
        return plain.decode()
    except UnicodeDecodeError as error:
        raise NotTaken(SEALED) from error
