"""Plans as steps with their people, and the planned and the actual end of the work with each case.

A plan that is there becomes steps, one a line; the case learns its ends from its newest plan and its stages.
"""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STEPS = """
    INSERT INTO cases_caseplanstep (plan_id, position, text, person_id, department_id, cost, risk, result, internal)
    SELECT id, line.place, line.what, person_id, department_id, CASE WHEN line.place = 1 THEN cost ELSE 0 END, '', '', false
      FROM cases_caseplan, LATERAL (
           SELECT row_number() OVER (ORDER BY place) AS place, btrim(what) AS what
             FROM regexp_split_to_table(steps, '\\n') WITH ORDINALITY AS one (what, place) WHERE btrim(what) <> '') AS line
"""
PLANNED = """
    UPDATE cases_case SET planned_at = plan.due_at
      FROM (SELECT DISTINCT ON (case_id) case_id, due_at FROM cases_caseplan ORDER BY case_id, version DESC) AS plan
     WHERE plan.case_id = cases_case.id
"""
FINISHED = """
    UPDATE cases_case SET finished_at = done.at
      FROM (SELECT DISTINCT ON (case_id) case_id, at FROM cases_casestage WHERE verb = 'finish'
             ORDER BY case_id, id DESC) AS done
     WHERE done.case_id = cases_case.id AND state IN ('done', 'told', 'accepted', 'revisit', 'closed')
"""


class Migration(migrations.Migration):
    """Adds the tables and columns and fills them."""

    dependencies = [
        ("cases", "0005_warn_and_involved"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="finished_at",
            field=models.DateTimeField(help_text="When the work was done; empty again when it is reopened.", null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="planned_at",
            field=models.DateTimeField(help_text="The agreed end of the work; moves with its deadline.", null=True),
        ),
        migrations.AddField(
            model_name="caseplan",
            name="progress_days",
            field=models.PositiveSmallIntegerField(
                help_text="Working days after which progress is told, again and again; empty: as the company decides.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="caseplan",
            name="reminded_at",
            field=models.DateTimeField(help_text="When the customer was reminded of answering, once.", null=True),
        ),
        migrations.AddField(
            model_name="caseplan",
            name="scan",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.attachment"
            ),
        ),
        migrations.AddField(
            model_name="caseplan",
            name="why",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.CreateModel(
            name="CasePlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("due_on", models.DateField(null=True)),
                ("cost", models.DecimalField(decimal_places=2, default=0, max_digits=10)),
                ("risk", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("internal", models.BooleanField(default=False)),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.department",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="cases.caseplan"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="casetask",
            name="step",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="task", to="cases.caseplanstep"
            ),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(
                condition=models.Q(("done_at", None), ("dropped", False)), fields=["person"], name="task_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseplanstep",
            constraint=models.UniqueConstraint(fields=("plan", "position"), name="plan_step_position"),
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (STEPS, PLANNED, FINISHED)),
    ]
