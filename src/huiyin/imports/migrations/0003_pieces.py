import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

READ_AGAIN = """
UPDATE imports_importrun
   SET position = 0, rows_read = 0, read_whole = false,
       state = CASE WHEN state IN ('checking', 'writing') THEN 'reading' ELSE state END
"""
UNPACKED = """
ALTER TABLE imports_importpiece ALTER COLUMN cells SET STORAGE EXTERNAL, ALTER COLUMN row_nos SET STORAGE EXTERNAL,
      ALTER COLUMN firsts SET STORAGE EXTERNAL
"""


class Migration(migrations.Migration):
    """The spool keeps many rows in one; imports that are under way read their file again and go on where they were."""

    dependencies = [("imports", "0002_read_whole")]

    operations = [
        migrations.CreateModel(
            name="ImportPiece",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id",
                        "first_row",
                        "last_row",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("first_row", models.BigIntegerField()),
                ("last_row", models.BigIntegerField()),
                ("fresh", models.BooleanField()),
                ("size", models.PositiveIntegerField()),
                ("row_nos", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("firsts", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("width", models.PositiveIntegerField()),
                ("cells", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="imports.importrun",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(UNPACKED, migrations.RunSQL.noop),
        migrations.RunSQL(READ_AGAIN, migrations.RunSQL.noop),
        migrations.DeleteModel(name="ImportRow"),
    ]
