"""What somebody who types into the search box may be looking for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from huiyin.customers.rules.phones import TAIL

SHORTEST_CODE = 3


@dataclass(frozen=True)
class Wanted:
    """The ways to read a search; an empty one is not tried."""

    number: str = ""
    phone_tail: str = ""
    phone_part: str = ""
    code: str = ""
    email: str = ""
    name: str = ""
    pinyin: str = ""


def wanted(text: str) -> Wanted:
    """Reads a search: CS… is a customer number, four digits the end of a phone number, more digits a part of one,
    letters and digits without spaces a serial, purchase or outside number; everything may be a name."""
    plain = unicodedata.normalize("NFKC", text).replace("\0", "").strip()[:100]
    if not plain:
        return Wanted()
    if "@" in plain:
        return Wanted(email=plain.lower())
    digits = re.sub(r"[\s\-()+]", "", plain)
    is_digits = digits.isdigit()
    return Wanted(
        number=plain.upper() if re.fullmatch(r"(?i)cs\d+", plain) else "",
        phone_tail=digits if is_digits and len(digits) == TAIL else "",
        phone_part=digits if is_digits and len(digits) > TAIL else "",
        code=plain if re.fullmatch(r"[\w.\-/]+", plain, re.ASCII) and len(plain) >= SHORTEST_CODE else "",
        name="" if is_digits and len(digits) >= TAIL else plain,
        pinyin=plain.lower() if re.fullmatch(r"[A-Za-z ]{2,}", plain) else "",
    )
