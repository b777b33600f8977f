"""A visit may be wanted by a row of a room above, with what it wants to be asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_more_triggers")]

    operations = [
        migrations.AddField("visit", "about_label", models.CharField(blank=True, db_default="", max_length=60)),
        migrations.AddField("visit", "about_id", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("visit", "wish", models.CharField(blank=True, db_default="", max_length=400)),
        migrations.AddConstraint(
            "visit",
            models.UniqueConstraint(
                fields=["kind", "about_label", "about_id"],
                condition=models.Q(about_id__isnull=False, state__in=["due", "in_progress", "planned"]),
                name="visit_about_once",
            ),
        ),
    ]
