"""Sets how a person likes the product: language, time zone and theme."""

from __future__ import annotations

from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.organisation.models import Staff


@action("organisation.set_preferences")
def set_preferences(
    act: Act, *, language: str | None = None, theme: str | None = None, time_zone: str | None = None
) -> None:
    """Keeps the acting person's own language, theme and zone (an IANA name); None leaves what is there."""
    wanted = {"language": language, "theme": theme, "time_zone": time_zone}
    staff = act.lock(Staff.objects.all(), act.actor.id or 0)
    changed: dict[str, Any] = {name: value for name, value in wanted.items() if value and value != getattr(staff, name)}
    if not changed:
        return
    for name, value in changed.items():
        setattr(staff, name, value)
    staff.save(update_fields=list(changed))
    act.record(staff, changed=changed)
