"""Sets up who pushes reports of devices."""

from __future__ import annotations

from typing import Any

from huiyin.channels.public import Keyring, check_reference
from huiyin.devices.models import DeviceSource
from huiyin.devices.rules.readings import read_rules, write_rules
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FIELDS = ("name", "secret", "window_seconds", "again_hours", "is_active")


@action("devices.save_source", needs="devices.change")
def save_source(act: Act, source_id: int | None, fields: dict[str, Any]) -> DeviceSource:
    """Makes a source, or changes one; the secret itself is never given here.

    Raises:
        Invalid: the name is taken, a rule cannot be read, or the reference is wrong.
    """
    check_reference(str(fields["secret"]), Keyring.DEVICE)
    rules = write_rules(read_rules(str(fields["rules"])))
    if DeviceSource.objects.filter(name=fields["name"]).exclude(pk=source_id or 0).exists():
        why = message(_("There is a source with this name already."))
        raise Invalid(why, {"name": why})
    source = act.lock(DeviceSource.objects.all(), source_id) if source_id else DeviceSource()
    for name in FIELDS:
        setattr(source, name, fields[name])
    source.rules = rules
    source.save()
    act.record(source, name=source.name, in_use=source.is_active)
    return source
