"""Makes codes for devices and receipts, and retires them."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.devices.models import DeviceLabel
from huiyin.devices.queries.devices import installed_with, product_called
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

MOST = 300
LONGEST_SERIAL = 80


@action("devices.make_labels", needs="devices.label")
def make_labels(act: Act, *, serials: Sequence[str], model: str = "", store_id: int | None = None) -> list[int]:
    """One code for each serial number; of a device in the files product and store are its own. Without any serial
    number one code for the model (a receipt, a shelf). A device that has a code in use keeps it.

    Returns the keys. Raises:
        Invalid: neither serial number nor model, too many, or one that is too long.
    """
    wanted = list(dict.fromkeys(serial.strip() for serial in serials if serial.strip()))
    if not wanted and not model.strip():
        why = message(_("Name serial numbers, or a product."))
        raise Invalid(why, {"serials": why})
    if len(wanted) > MOST or any(len(serial) > LONGEST_SERIAL for serial in wanted):
        why = message(
            _("At most %(most)s serial numbers, each of at most %(longest)s characters."),
            most=MOST,
            longest=LONGEST_SERIAL,
        )
        raise Invalid(why, {"serials": why})
    made = [_label(act, serial, model, store_id) for serial in wanted or [""]]
    return [label.pk for label in made]


def _label(act: Act, serial: str, model: str, store_id: int | None) -> DeviceLabel:
    installed = installed_with(serial) if serial else None
    product = installed.product if installed else product_called(model)
    standing = DeviceLabel.objects.filter(serial=serial, product=product, is_active=True).first() if serial else None
    if standing:
        return standing
    label = DeviceLabel.objects.create(
        product=product,
        installed=installed,
        product_name="" if product else model.strip()[:120],
        serial=serial,
        store_id=installed.store_id if installed else store_id,
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )
    act.record(label, customer_id=installed.customer_id if installed else None, serial=serial)
    return label


@action("devices.switch_label", needs="devices.label")
def switch_label(act: Act, label_id: int, *, verb: str) -> DeviceLabel:
    """``retire``: the code leads nowhere; ``use``: it does again; ``renew``: the printed one ends, a new one begins."""
    label = act.lock(DeviceLabel.objects.all(), label_id)
    if verb == "renew":
        label.number += 1
    label.is_active = verb != "retire"
    label.save(update_fields=["number", "is_active"])
    act.record(label, verb=verb)
    return label
