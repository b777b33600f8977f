"""Changes to many cases: the work, and what became of each case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds two tables."""

    dependencies = [
        ("cases", "0013_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("changes", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("choosing", "Not begun"),
                            ("waiting", "Waits for the worker"),
                            ("running", "Being done"),
                            ("done", "Finished"),
                            ("stopped", "Stopped"),
                        ],
                        default="choosing",
                        max_length=10,
                    ),
                ),
                ("stop_wanted", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("undo_until", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="cases.bulkwork",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Still to do"),
                            ("done", "Case changed"),
                            ("same", "Was so already"),
                            ("refused", "Not changed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("why", models.JSONField(db_default={}, default=dict)),
                ("before", models.JSONField(db_default={}, default=dict)),
                ("after", models.JSONField(db_default={}, default=dict)),
                ("made", models.JSONField(db_default={}, default=dict)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="cases.bulkwork"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="bulkwork",
            index=models.Index(fields=["asked_by", "-id"], name="bulk_of_staff"),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["work", "case"], name="bulk_item_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(fields=["work", "state", "case"], name="bulk_item_state"),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("work", "case"), name="bulk_item_once"),
        ),
    ]
