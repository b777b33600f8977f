"""Tasks have a kind, and what shows that they are done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_sla_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="casetask",
            name="evidence",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="casetask",
            name="kind",
            field=models.CharField(db_default="work", default="work", max_length=12),
        ),
    ]
