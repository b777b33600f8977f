"""Telephone numbers as people write them, in one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers

HOME = "CN"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SHORTEST = 5
TAIL = 4


@lru_cache(maxsize=20_000)
def normal_phone(written: str, region: str = HOME) -> str:
    """E.164 (``+8613812345678``) where the number can be read, else its digits; empty when there is no number in it.

    Of several numbers in one field the first counts; an extension is dropped.
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    digits = re.sub(r"\D", "", plain)
    if _MOBILE.fullmatch(digits):
        return f"+86{digits}" if region == HOME else _parsed(plain, region) or digits
    first = re.split(r"[,;/、，；]|转|ext", plain, maxsplit=1)[0]
    found = _parsed(first, region)
    if found:
        return found
    digits = re.sub(r"\D", "", first)
    return digits if len(digits) >= _SHORTEST else ""


def _parsed(written: str, region: str) -> str:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_tail(normal: str) -> str:
    """The last four digits."""
    return normal[-TAIL:]


def spoken_phone(normal: str) -> str:
    """A number as it is read at home: 138 1234 5678; foreign ones with their country."""
    if re.fullmatch(r"\+861\d{10}", normal):
        return f"{normal[3:6]} {normal[6:10]} {normal[10:]}"
    return f"0{normal[3:]}" if normal.startswith("+86") else normal
