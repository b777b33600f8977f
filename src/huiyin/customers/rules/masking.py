"""Personal data as it is shown to people who do not need all of it (PRV-1). Done on the server, never in a browser."""

from __future__ import annotations

from huiyin.kernel.divisions import area_in

STARS = "****"


def mask_phone(phone: str) -> str:
    """138****1234; of shorter numbers only the last two digits stay."""
    local = phone.removeprefix("+86")
    if not local:
        return ""
    if len(local) >= 11:  # noqa: PLR2004 - the length of a Chinese mobile number
        return f"{local[:-8]}{STARS}{local[-4:]}"
    return f"{STARS}{local[-2:]}"


def mask_email(email: str) -> str:
    """z***@example.com."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}" if email else ""


def mask_wechat(wechat: str) -> str:
    """w***, one letter."""
    return f"{wechat[:1]}***" if wechat else ""


def mask_name(name: str) -> str:
    """张*, 欧阳**, Z***: for places outside the house; inside, names stay readable."""
    if not name:
        return ""
    if name.isascii():
        return f"{name[0]}***"
    return name[0] + "*" * (len(name) - 1)


def mask_address(province: str, city: str, district: str, line: str) -> str:
    """Province, city and district stay, street and house do not; of a line that stands alone what it names of them."""
    kept = "".join(dict.fromkeys(part for part in (province, city, district) if part)) or area_in(line)
    return f"{kept}{STARS}" if line else kept
