"""What a cell says: numbers, dates and yes/no as people in several countries write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class Wrong(Exception):
    """A cell that cannot be what its column should hold; ``why`` tells the person."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Reading:
    """How doubtful values of one file are read: its time zone, the order of ambiguous dates, the present moment."""

    time_zone: ZoneInfo
    now: datetime
    date_order: str = "ymd"


EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
EARLIEST = date(1900, 1, 1)
YES = frozenset({"1", "y", "yes", "true", "t", "x", "是", "有", "对", "√", "真"})
NO = frozenset({"", "0", "n", "no", "false", "f", "否", "无", "不", "×", "假", "-"})
_DATE = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*[日号]?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(上午|下午|[AaPp][Mm])?\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?\s*([AaPp][Mm])?"
)
_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_MONEY_SIGNS = str.maketrans("", "", "¥￥$€£元 \u00a0\u202f'’")
_WHOLE_FLOAT = re.compile(r"-?\d+\.0+")


def text(cell: str, _reading: Reading) -> str:
    """The words themselves."""
    return cell


def code(cell: str, _reading: Reading) -> str:
    """A number that is a name: spreadsheets turn 13085 into 13085.0, which is taken back."""
    return cell.partition(".")[0] if _WHOLE_FLOAT.fullmatch(cell) else cell


def number(cell: str, _reading: Reading) -> Decimal:
    """A decimal number: ￥1,234.50, 1.234,50, (12.30) for minus, full-width digits.

    Raises:
        Wrong: it is no number.
    """
    return _number(cell)


@lru_cache(maxsize=50_000)
def _number(cell: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", cell).translate(_MONEY_SIGNS)
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    try:
        found = Decimal(_with_point(plain))
    except InvalidOperation:
        raise Wrong(message(_("“%(cell)s” is not a number."), cell=cell)) from None
    if not found.is_finite() or abs(found) >= Decimal(10) ** 11:
        raise Wrong(message(_("“%(cell)s” is not a number that can be kept."), cell=cell))
    return found


def _with_point(plain: str) -> str:
    """The last separator is the decimal one; commas before groups of three digits are not."""
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma < 0:
        return plain
    if point > comma:
        return plain.replace(",", "")
    if point >= 0:
        return plain.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain):
        return plain.replace(",", "")
    return plain.replace(",", ".")


def whole_number(cell: str, reading: Reading) -> int:
    """A number without a fraction.

    Raises:
        Wrong: it has one, or is none.
    """
    found = number(cell, reading)
    if found != found.to_integral_value():
        raise Wrong(message(_("“%(cell)s” is not a whole number."), cell=cell))
    return int(found)


def yes_no(cell: str, _reading: Reading) -> bool:
    """Yes or no.

    Raises:
        Wrong: it is neither.
    """
    plain = cell.strip().lower()
    if plain in YES or plain in NO:
        return plain in YES
    raise Wrong(message(_("“%(cell)s” is neither yes nor no."), cell=cell))


def day(cell: str, reading: Reading) -> date:
    """A day of the calendar.

    Raises:
        Wrong: there is no such day.
    """
    return _moment(cell, reading.date_order)[0]


def moment(cell: str, reading: Reading) -> datetime:
    """A moment (aware, UTC); without a zone in the cell it is local time of the file's zone, without a time midnight.

    Raises:
        Wrong: there is no such moment, or it lies in the future.
    """
    found = _utc(cell, reading.date_order, reading.time_zone)
    if found > reading.now + timedelta(days=1):
        raise Wrong(message(_("“%(cell)s” lies in the future."), cell=cell))
    return found


@lru_cache(maxsize=50_000)
def _utc(cell: str, order: str, zone: ZoneInfo) -> datetime:
    on, at, offset = _moment(cell, order)
    local = datetime.combine(on, at)
    if offset:
        return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
    return local.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=50_000)
def _moment(cell: str, order: str) -> tuple[date, time, str]:
    """The parts of a moment: day, time of day, offset or nothing."""
    if _ISO.fullmatch(cell) and cell >= EARLIEST.isoformat():
        return _iso_moment(cell)
    plain = unicodedata.normalize("NFKC", cell).strip().replace("T", " ")
    try:
        return _excel_moment(plain) or _written_moment(plain, order)
    except (ValueError, OverflowError):
        raise Wrong(message(_("“%(cell)s” is not a date."), cell=cell)) from None


def _iso_moment(cell: str) -> tuple[date, time, str]:
    """What programs write most often, read at once."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        raise Wrong(message(_("“%(cell)s” is not a date."), cell=cell)) from None
    return found.date(), found.time(), ""


def _excel_moment(plain: str) -> tuple[date, time, str] | None:
    """Spreadsheets count days since 1899-12-30."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", plain) or int(float(plain)) not in EXCEL_DAYS:
        return None
    days = float(plain)
    seconds = round(days % 1 * 86_400)
    moment_ = datetime.combine(EXCEL_EPOCH, time()) + timedelta(days=int(days), seconds=seconds)
    return moment_.date(), moment_.time(), ""


def _written_moment(plain: str, order: str) -> tuple[date, time, str]:
    compact = _COMPACT.match(plain)
    found = compact or _DATE.match(plain)
    if found is None:
        raise ValueError(plain)
    first, second, third = (int(part) for part in found.groups())
    on = date(first, second, third) if compact else _ordered(first, second, third, order)
    if on < EARLIEST:
        raise ValueError(plain)
    rest = plain[found.end() :].strip()
    zone = _ZONE.search(rest)
    offset = zone.group().replace("Z", "+00:00") if zone else ""
    return on, _time_of_day(rest[: zone.start()].strip() if zone else rest), offset


def _ordered(first: int, second: int, third: int, order: str) -> date:
    if first >= 1000:  # noqa: PLR2004 - four digits in front are a year
        return date(first, second, third)
    year = third if third >= 1000 else 2000 + third  # noqa: PLR2004 - two digits are this century
    if order == "ymd":
        return date(2000 + first, second, third)
    return date(year, second, first) if order == "dmy" else date(year, first, second)


def _time_of_day(rest: str) -> time:
    if not rest:
        return time()
    found = _TIME.fullmatch(rest)
    if found is None:
        raise ValueError(rest)
    before, hour, minute, second, after = found.groups()
    half = (before or after or "").lower()
    hours = int(hour) % 12 + (12 if half in ("pm", "下午") else 0) if half else int(hour)
    return time(hours, int(minute), int(second or 0))


def choice(words: dict[str, str], default: str = "") -> type[Choice]:
    """A parser for a cell that names one of several things; ``words`` maps lower-case words to codes."""
    return type("OneOf", (Choice,), {"words": words, "default": default})


class Choice:
    """See :func:`choice`."""

    words: dict[str, str]
    default: str

    def __new__(cls, cell: str, _reading: Reading) -> str:  # type: ignore[misc]  # a parser, called like a function
        """The code of the thing named.

        Raises:
            Wrong: no such thing.
        """
        found = cls.words.get(cell.strip().lower())
        if found is None:
            raise Wrong(message(_("“%(cell)s” is not one of: %(known)s."), cell=cell, known=", ".join(cls.words)))
        return found
