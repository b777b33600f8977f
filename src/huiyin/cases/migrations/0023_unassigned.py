"""Live cases without an owner have an index of their own, in the order of the list."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cases", "0022_board_says_whose"),
    ]

    operations = [
        # Built beside running work; what a broken attempt left behind is no index yet and stands in the way:
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS case_unassigned", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ["cancelled", "closed", "merged"]), _negated=True)
                & models.Q(("owner", None)),
                fields=["level_rank", "due_at", "id", "department"],
                name="case_unassigned",
            ),
        ),
    ]
