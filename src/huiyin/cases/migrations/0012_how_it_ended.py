"""How each case ended; cases of the past learn it from what they were closed or cancelled with."""

from __future__ import annotations

from django.db import migrations, models

LEARN = """
    UPDATE cases_case SET ended_as = CASE
           WHEN verdict IN ('satisfied', 'mostly') THEN 'verdict'
           WHEN imported_as IS NOT NULL THEN 'imported'
           ELSE 'unreachable' END
     WHERE state = 'closed';
    UPDATE cases_case SET ended_as = 'merged' WHERE state = 'merged';
    UPDATE cases_case SET ended_as = left(entry.data ->> 'why', 12)
      FROM foundation_actentry AS entry
     WHERE cases_case.state = 'cancelled' AND entry.verb = 'cases.cancel' AND entry.subject = 'cases.case'
       AND entry.subject_id = cases_case.id AND entry.data ->> 'why' <> '';
"""


class Migration(migrations.Migration):
    """Adds a column and fills it."""

    dependencies = [("cases", "0011_likeness"), ("foundation", "0001_initial")]

    operations = [
        migrations.AddField(
            "case",
            "ended_as",
            models.CharField(
                blank=True, default="", db_default="", help_text="How it ended, see rules/ends.", max_length=12
            ),
        ),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
