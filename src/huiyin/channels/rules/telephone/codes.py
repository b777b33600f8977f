"""What the codes of a line mean (VIS-23): a table that each exchange keeps as data, shipped with SIP and Q.850."""

from __future__ import annotations

import re
from collections.abc import Mapping

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CONNECTED = "connected"
RESULT_LABELS: dict[str, str] = {
    CONNECTED: _("Connected"),
    "no_answer": _("No answer"),
    "busy": _("Busy"),
    "powered_off": _("Powered off"),
    "out_of_service": _("Out of service"),
    "wrong_number": _("Wrong number"),
}
"""What the line said, in the words that visits log a call with."""

SHIPPED: dict[str, str] = {
    "sip:200": CONNECTED,
    "sip:404": "wrong_number",
    "sip:408": "no_answer",
    "sip:410": "wrong_number",
    "sip:480": "powered_off",
    "sip:484": "wrong_number",
    "sip:486": "busy",
    "sip:487": "no_answer",
    "sip:503": "out_of_service",
    "sip:600": "busy",
    "sip:603": "busy",
    "sip:604": "wrong_number",
    "q850:1": "wrong_number",
    "q850:17": "busy",
    "q850:18": "no_answer",
    "q850:19": "no_answer",
    "q850:20": "powered_off",
    "q850:21": "busy",
    "q850:22": "wrong_number",
    "q850:27": "out_of_service",
    "q850:28": "wrong_number",
    "q850:38": "out_of_service",
}
"""RFC 3261 and ITU-T Q.850. What is missing (such as q850:16, a normal end) says nothing by itself."""

CODE = re.compile(r"[a-z0-9_.-]{1,20}:[A-Za-z0-9_.-]{1,30}")
MOST = 300


def said_by(table: Mapping[str, str], code: str) -> str:
    """What a code means; "" when the table does not know it."""
    return table.get(code, "")


def read_table(text: str) -> dict[str, str]:
    """A table as it is written: one line each, ``sip:486 = busy``.

    Raises:
        Invalid: a line cannot be read or names no result (its number is said).
    """
    table: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, equals, result = (part.strip() for part in line.partition("="))
        if not equals or not CODE.fullmatch(code) or result not in RESULT_LABELS or len(table) >= MOST:
            text_ = _("Line %(number)s: write a code and one of these results, as in sip:486 = busy: %(results)s.")
            why = message(text_, number=number, results=", ".join(RESULT_LABELS))
            raise Invalid(why, {"codes": why})
        table[code] = result
    return table


def write_table(table: Mapping[str, str]) -> str:
    """The same as text."""
    return "\n".join(f"{code} = {result}" for code, result in table.items())
