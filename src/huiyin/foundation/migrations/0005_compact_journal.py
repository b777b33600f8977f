import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

BEGIN_ANEW = """
DROP FUNCTION IF EXISTS huiyin_journal() CASCADE;
ALTER TABLE foundation_seal DISABLE TRIGGER USER;
DELETE FROM foundation_seal WHERE journal = 'foundation_rowchange';
ALTER TABLE foundation_seal ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Journal lines of rows become compact. No release had the former ones: the journal of rows begins anew."""

    dependencies = [("foundation", "0004_short_bigrams")]

    operations = [
        migrations.RunSQL(BEGIN_ANEW, migrations.RunSQL.noop),
        migrations.DeleteModel(name="RowChange"),
        migrations.CreateModel(
            name="RowShape",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(max_length=63)),
                ("names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("types", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="RowChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("row_id", models.BigIntegerField()),
                (
                    "shape",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="foundation.rowshape",
                    ),
                ),
                ("operation", models.CharField(max_length=6)),
                ("actor", models.CharField(max_length=80)),
                ("verb", models.CharField(blank=True, max_length=60)),
                ("data", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["row_id", "shape"], name="change_of_row")]},
        ),
    ]
