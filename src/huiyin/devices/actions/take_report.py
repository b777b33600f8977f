"""Keeps what a device reports, once, and opens a case when a rule says so (CUS-7)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huiyin.cases.public import Case, open_case
from huiyin.customers.public import InstalledProduct
from huiyin.devices.models import DeviceEvent, DeviceSource
from huiyin.devices.queries.devices import installed_with
from huiyin.devices.rules.readings import Report, Rule, first_that_holds, read_rules, write_rules
from huiyin.foundation.actions import Act, action

LABEL = "devices.deviceevent"


@action("devices.take_report")
def take_report(act: Act, source: DeviceSource, report: Report) -> tuple[DeviceEvent, bool]:
    """The kept report, and whether it is new. Reports of one source are taken one after another, so that two at once
    about one device open one case."""
    source = act.lock(DeviceSource.objects.all(), source.pk)
    event, made = DeviceEvent.objects.get_or_create(
        source=source,
        event_id=report.event_id,
        defaults={
            "serial": report.serial,
            "at": report.at,
            "received_at": act.now,
            "readings": report.readings,
            "text": report.text,
            "installed": installed_with(report.serial),
        },
    )
    rule = first_that_holds(read_rules(source.rules), report.readings) if made else None
    if rule is not None:
        event.rule = write_rules([rule])[:300]
        event.case = _standing(act, source, event) or _opened(act, event, rule)
        event.save(update_fields=["rule", "case"])
    return event, made


def _standing(act: Act, source: DeviceSource, event: DeviceEvent) -> Case | None:
    """The case that this device opened lately and that is still open."""
    since = act.now - timedelta(hours=source.again_hours)
    lately = DeviceEvent.objects.filter(serial=event.serial, received_at__gt=since, case__isnull=False)
    cases = [each.case for each in lately.select_related("case").order_by("-pk")[:20]]
    return next((case for case in cases if case is not None and case.live), None)


def _opened(act: Act, event: DeviceEvent, rule: Rule) -> Case:
    device: InstalledProduct | None = event.installed
    with translation.override(settings.LANGUAGE_CODE):
        what = rule.words or gettext("%(reading)s is %(value)s") % {
            "reading": rule.reading,
            "value": event.readings[rule.reading],
        }
        lines = [what, event.text, *(f"{name}: {value}" for name, value in sorted(event.readings.items()))]
    return open_case(
        act.call,
        kind="repair",
        topic="technical",
        channel="device",
        level=rule.level,
        title=what[:200],
        description="\n".join(line for line in lines if line),
        happened_at=event.at,
        customer_id=device.customer_id if device else None,
        product_id=device.product_id if device else None,
        store_id=device.store_id if device else None,
        serial=event.serial,
        source=(LABEL, event.pk),
    )
