"""Mobile numbers of mainland China, in one form: eleven digits."""

from __future__ import annotations

import re
import unicodedata

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015().·]+")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{9,11}|[48]00\d{7})")


def mobile_number(written: str) -> str:
    """``+86 138-1234-5678`` → ``13812345678``; empty when it is no mobile number of mainland China."""
    digits = _digits(written)
    return digits if _MOBILE.fullmatch(digits) else ""


def wrong_number(written: str) -> Message | None:
    """What is wrong with a number that an SMS shall go to; None when nothing is."""
    digits = _digits(written)
    if _MOBILE.fullmatch(digits):
        return None
    if not digits:
        return message(_("There is no mobile number."))
    if _LANDLINE.fullmatch(digits):
        return message(_("This is a landline number; an SMS reaches mobile numbers only."))
    return message(_("This is not a mobile number: it has 11 digits and begins with 13 to 19."))


def _digits(written: str) -> str:
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", written))
    return _COUNTRY.sub("", plain)
