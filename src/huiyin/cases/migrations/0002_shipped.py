"""The number sequence, both shipped sets of clocks, and a first tree of problem types."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from huiyin.cases.rules.shipped import POLICIES, PROBLEM_TYPES

BEGINNING = datetime(2007, 1, 1, tzinfo=UTC)


def ship(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    policies, types = apps.get_model("cases", "SlaPolicy"), apps.get_model("cases", "ProblemType")
    for policy in POLICIES:
        policies.objects.create(**policy, effective_from=BEGINNING, chosen=policy["code"] == "standard")
    made = {}
    for code, name, name_en, topic, parent in PROBLEM_TYPES:
        made[code] = types.objects.create(code=code, name=name, name_en=name_en, topic=topic, parent=made.get(parent))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE cases_number", "DROP SEQUENCE cases_number"),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
