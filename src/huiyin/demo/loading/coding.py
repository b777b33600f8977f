"""Devices of the demo company that carry a code, and the cloud whose reports open cases."""

from __future__ import annotations

from datetime import timedelta

from huiyin.customers.public import InstalledProduct, Purchase
from huiyin.devices.actions.labels import make_labels
from huiyin.devices.actions.save_source import save_source
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, actor_of, with_role

SERIALS = ("CC26A00118", "CC26A00119", "CC26B00042", "CC26B00043")
YEARS = timedelta(days=3 * 365)
CLOUD = {
    "name": "澄川物联网平台",
    "secret": "env:HUIYIN_DEVICE_DEMO",
    "window_seconds": 300,
    "again_hours": 24,
    "is_active": True,
    "rules": "water_temperature > 80 urgent 水温过高\nfilter_life < 5 general 滤芯寿命不足\nerror = E4 important 显示 E4，不制热",
}


def load_devices(act: Act) -> int:
    """Installs, labels and connects them; returns how many carry a code."""
    agent, boss = (
        Call(actor_of(with_role(role).order_by("pk")[0]), act.now) for role in (Role.AGENT, Role.SERVICE_MANAGER)
    )
    newest = Purchase.objects.filter(lines__product__warranty_months__gt=0).distinct().order_by("-pk")
    for serial, bought in zip(SERIALS, newest, strict=False):
        line = bought.lines.filter(product__warranty_months__gt=0).order_by("pk").first()
        if line and line.product_id and bought.customer_id:
            day = bought.bought_at.date()
            InstalledProduct.objects.create(
                customer_id=bought.customer_id,
                product_id=line.product_id,
                purchase=bought,
                store_id=bought.store_id,
                serial=serial,
                bought_on=day,
                warranty_until=day + YEARS,
            )
    save_source(boss, None, CLOUD)
    return len(make_labels(agent, serials=SERIALS))
