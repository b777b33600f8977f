"""Saved views with those that ship, and since when a customer waits for an answer."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import huiyin.cases.models.view
from huiyin.cases.rules.views import SHIPPED_VIEWS, USUAL_COLUMNS


def ship(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    views = apps.get_model("cases", "CaseView")
    for place, view in enumerate(SHIPPED_VIEWS):
        values = {"columns": list(USUAL_COLUMNS), **view}
        views.objects.get_or_create(code=values.pop("code"), defaults=values | {"audience": "all", "place": place})


WAITING = """
    UPDATE cases_case c SET unanswered_since = words.first_at
      FROM (SELECT said.case_id, min(said.at) AS first_at FROM cases_casenote said
             WHERE said.kind = 'said' AND NOT EXISTS (
                   SELECT FROM cases_casenote told WHERE told.case_id = said.case_id AND told.at >= said.at
                      AND (told.kind = 'told' AND told.author_id IS NOT NULL OR told.kind = 'contact' AND told.reached))
             GROUP BY said.case_id) words
     WHERE words.case_id = c.id AND c.state NOT IN ('closed', 'cancelled', 'merged')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_how_it_ended"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, null=True, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("audience", models.CharField(default="own", max_length=4)),
                ("condition", models.JSONField(default=dict)),
                ("order", models.CharField(default="queue", max_length=12)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=huiyin.cases.models.view.usual_columns,
                        size=None,
                    ),
                ),
                ("ended_too", models.BooleanField(default=False)),
                ("place", models.PositiveSmallIntegerField(default=100)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="case",
            name="unanswered_since",
            field=models.DateTimeField(help_text="The customer's first words without an answer.", null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("unanswered_since__isnull", False)),
                fields=["unanswered_since", "id"],
                name="case_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                    models.Q(("emotion", "angry"), ("repeated", True), _connector="OR"),
                ),
                fields=["level_rank", "due_at", "id"],
                name="case_angry_or_repeated",
            ),
        ),
        migrations.AddField(
            model_name="caseview",
            name="changed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="caseview",
            name="department",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.department"
            ),
        ),
        migrations.AddField(
            model_name="caseview",
            name="owner",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="caseview",
            index=models.Index(fields=["owner"], name="case_view_owner"),
        ),
        migrations.AddConstraint(
            model_name="caseview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience", "all"),
                    models.Q(("audience", "team"), ("department__isnull", False)),
                    models.Q(("audience", "own"), ("owner__isnull", False)),
                    _connector="OR",
                ),
                name="case_view_is_somebodys",
            ),
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
