"""Somebody who scanned the code on a device tells what is wrong."""

from __future__ import annotations

from typing import Any

from huiyin.cases.public import receive_feedback
from huiyin.devices.models import DeviceLabel
from huiyin.foundation.actions import Act, action


@action("devices.tell")
def tell_by_code(act: Act, label: DeviceLabel, /, **values: Any) -> str:
    """Opens a case about this device; gives the token of the link to follow it. Whose device it is decides nothing
    about who speaks: the customer is whoever the phone number or mail address belongs to.

    Raises:
        Invalid, Conflict: as of the public form.
    """
    return receive_feedback(
        act.call,
        topic="product",
        product_id=label.product_id,
        product_name=label.called,
        serial=label.serial,
        store_id=label.store_id,
        **values,
    )
