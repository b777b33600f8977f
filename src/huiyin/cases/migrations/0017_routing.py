"""Rules of routing in versions; the table of topics becomes the first one."""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from huiyin.cases.rules.routing import rules_of_table
from huiyin.cases.rules.shipped import ROUTING, TOPIC_NAMES


def ship(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    routing, earlier = apps.get_model("cases", "RoutingRules"), apps.get_model("cases", "CaseRules")
    tables = [(date(2007, 1, 1), ROUTING)]
    tables += [
        (row.effective_from.date(), row.data) for row in earlier.objects.filter(kind="routing").order_by("version")
    ]
    for version, (since, table) in enumerate(tables, 1):
        routing.objects.create(version=version, rules=rules_of_table(table, TOPIC_NAMES), effective_from=since)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_macros"), ("organisation", "0003_duty")]
    operations = [
        migrations.CreateModel(
            name="RoutingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(unique=True)),
                ("rules", models.JSONField()),
                ("effective_from", models.DateField()),
            ],
            options={"ordering": ["version"], "abstract": False},
        ),
        migrations.CreateModel(
            name="CaseTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(blank=True, max_length=40)),
                ("last_id", models.BigIntegerField(default=0, help_text="Key of the person.")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.department",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("department", "skill"), name="case_turn_once")],
            },
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
