"""From when on a case's next deadline is near, and the departments involved in it.

Running cases learn the former from the promise that is due first.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

LEARN = """
    UPDATE cases_case SET warn_at = next.ladder_at[1]
      FROM (SELECT DISTINCT ON (subject_id) subject_id, ladder_at FROM promises_promise
             WHERE subject = 'cases.case' AND state = 'open' ORDER BY subject_id, due_at, id) AS next
     WHERE next.subject_id = cases_case.id
"""


class Migration(migrations.Migration):
    """Adds the columns and fills the first."""

    dependencies = [("cases", "0004_revisitor"), ("promises", "0002_kept")]

    operations = [
        migrations.AddField(
            "case",
            "warn_at",
            models.DateTimeField(help_text="From when on the deadline counts as near.", null=True),
        ),
        migrations.AddField(
            "case",
            "involved",
            ArrayField(models.BigIntegerField(), help_text="Departments that gave it away.", null=True),
        ),
        migrations.AddIndex(
            "case",
            GinIndex(condition=models.Q(("involved__isnull", False)), fields=["involved"], name="case_involved"),
        ),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
