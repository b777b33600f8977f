"""Policies stand in a list with conditions; agreements name one; time with departments; clocks reckoned anew."""

from datetime import date
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEGINNING = date(2007, 1, 1)


def list_the_chosen(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    """The set that new cases got until now is the first list."""
    chosen = apps.get_model("cases", "SlaPolicy").objects.filter(chosen=True).order_by("-effective_from", "-id").first()
    codes = [chosen.code if chosen else "standard"]
    apps.get_model("cases", "SlaList").objects.create(version=1, codes=codes, effective_from=BEGINNING)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_merged_and_linked"),
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SlaList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(unique=True)),
                ("codes", models.JSONField(default=list)),
                ("effective_from", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(list_the_chosen, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="slapolicy",
            name="chosen",
        ),
        migrations.AddField(
            model_name="case",
            name="agreement",
            field=models.CharField(blank=True, db_default="", help_text="The agreement that names it.", max_length=40),
        ),
        migrations.AddField(
            model_name="case",
            name="policy_list",
            field=models.PositiveIntegerField(help_text="The version of the list that chose the policy.", null=True),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="filter",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="follows_calendar",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="moves_running",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="slapolicy",
            name="effective_from",
            field=models.DateField(),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("policy", models.CharField(max_length=30)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_agreements",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseStay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("worked", models.DurationField()),
                ("stopped", models.DurationField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="cases.case"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.department",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "id"], name="stay_case"),
                    models.Index(fields=["department", "until"], name="stay_department"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("calendar", models.CharField(blank=True, max_length=30)),
                ("policy", models.CharField(blank=True, max_length=30)),
                ("version", models.PositiveIntegerField()),
                ("effective_from", models.DateField(help_text="Not before this day of the company.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the worker"),
                            ("running", "At work"),
                            ("done", "Finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("stop_wanted", models.BooleanField(default=False)),
                ("total", models.PositiveIntegerField(default=0)),
                ("seen", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("last_id", models.BigIntegerField(default=0)),
                (
                    "skipped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-id"], name="clock_work_newest")],
            },
        ),
    ]
