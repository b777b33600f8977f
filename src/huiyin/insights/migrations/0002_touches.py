from pathlib import Path

from django.db import migrations

TABLES = ("questionnaires_asking", "visits_visit", "visits_attempt", "cases_case", "promises_promise")
AWAY = "\n".join(f"DROP FUNCTION huiyin_touch_{table}() CASCADE;" for table in TABLES)


class Migration(migrations.Migration):
    """Whatever changes a record that figures are made of notes the days it touches, in the same transaction."""

    dependencies = [
        ("insights", "0001_initial"),
        ("questionnaires", "0003_scores"),
        ("visits", "0001_initial"),
        ("cases", "0004_revisitor"),
        ("promises", "0002_kept"),
    ]

    operations = [migrations.RunSQL(Path(__file__).with_name("touches.sql").read_text(encoding="utf-8"), AWAY)]
