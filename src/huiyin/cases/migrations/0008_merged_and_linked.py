"""A case can end in another one, and cases can be linked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_following_and_drafts"),
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
                ("carried", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_queue",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_owner",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_department",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_board",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_due",
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_here",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="casenote",
            name="said_in",
            field=models.ForeignKey(
                db_index=False,
                help_text="The case it came from with a merge.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["level_rank", "due_at", "id"],
                name="case_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["owner", "level_rank", "due_at", "id"],
                name="case_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["department", "level_rank", "due_at", "id"],
                name="case_department",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["state", "level_rank", "due_at", "id"],
                name="case_board",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["due_at", "id"],
                name="case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="case_merged"
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="merged_in", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="casemerge",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casetie",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="cases.case"),
        ),
        migrations.AddField(
            model_name="casetie",
            name="made_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casetie",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ties_back", to="cases.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="casemerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("case",), name="case_merged_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("into")), _negated=True), name="case_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="casetie",
            constraint=models.UniqueConstraint(fields=("case", "other", "kind"), name="case_tie_once"),
        ),
        migrations.AddConstraint(
            model_name="casetie",
            constraint=models.CheckConstraint(
                condition=models.Q(("case", models.F("other")), _negated=True), name="case_tie_of_two"
            ),
        ),
    ]
