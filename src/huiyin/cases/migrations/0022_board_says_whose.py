"""The board's index says whose a case is, so that a scope is counted without reading the cases themselves."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_stage_reached_by"),
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0003_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_board",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True),
                fields=["state", "level_rank", "due_at", "id"],
                include=("owner", "handler", "created_by", "revisitor", "department", "store", "involved"),
                name="case_board",
            ),
        ),
    ]
