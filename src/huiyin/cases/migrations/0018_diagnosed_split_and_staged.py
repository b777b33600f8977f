"""What was found out about a case, and stages of the company's own."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_routing"),
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=28, unique=True)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(max_length=12)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("in_use", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OwnStageStay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CaseDiagnosis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.TextField()),
                ("guidance", models.TextField(blank=True)),
                ("helped", models.BooleanField(null=True)),
                ("knowledge", models.TextField(blank=True)),
                (
                    "past_cases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="diagnoses", to="cases.case"
                    ),
                ),
                (
                    "handed_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.department",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="case",
            name="own_stage",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="cases.ownstage",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("own_stage__isnull", False)), fields=["own_stage"], name="case_own_stage"
            ),
        ),
        migrations.AddField(
            model_name="ownstagestay",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ownstagestay",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="own_stays", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="ownstagestay",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="cases.ownstage"
            ),
        ),
        migrations.AddConstraint(
            model_name="ownstagestay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("case",), name="own_stay_one_open"
            ),
        ),
    ]
