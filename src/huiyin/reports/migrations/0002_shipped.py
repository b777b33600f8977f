"""When the shipped reports are due."""

from datetime import time
from typing import Any

from django.db import migrations

RULES = (
    {"kind": "weekly", "days_after": 0, "at": time(12, 0)},
    {"kind": "monthly", "days_after": 1, "at": time(18, 0)},
)


def ship(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    for rule in RULES:
        apps.get_model("reports", "ReportRule").objects.create(**rule)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
