"""A list of the cases in a stage of the company's own comes from an index in the order of the queue."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0023_unassigned")]

    operations = [
        # Built beside running work; what a broken attempt left behind is no index yet and stands in the way:
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS case_in_own_stage", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                condition=models.Q(("own_stage__isnull", False)),
                fields=["own_stage", "level_rank", "due_at", "id"],
                name="case_in_own_stage",
            ),
        ),
        RemoveIndexConcurrently(model_name="case", name="case_own_stage"),
    ]
