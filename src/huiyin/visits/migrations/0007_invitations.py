"""Customers are asked by link to answer alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_warn_and_involved"),
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0002_sessions"),
        ("visits", "0006_wanted_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Link to be sent"),
                            ("sent", "Link sent, waiting for the answer"),
                            ("answered", "Answered by link"),
                            ("unanswered", "Link not answered"),
                            ("undelivered", "Link not delivered"),
                            ("unsent", "Link not sent"),
                            ("dropped", "Link no longer needed"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("send_at", models.DateTimeField()),
                ("step_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("message_id", models.BigIntegerField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="self_way",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("state", "due"), models.Q(("self_way", ""), _negated=True)),
                fields=["due_from", "id"],
                name="visit_by_itself",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="visits.visit"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "sent"])), fields=["step_at", "id"], name="invitation_step"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["send_at", "id"], name="invitation_send"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("message_id__isnull", False)), fields=["message_id"], name="invitation_message"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("visit", "way"), name="invitation_once"),
        ),
    ]
