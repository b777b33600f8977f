from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """A flag that is set later touches the day of its answer as well: flagged answers may be left out of figures."""

    dependencies = [("insights", "0002_touches"), ("questionnaires", "0002_shipped")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_name("touch_flags.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
