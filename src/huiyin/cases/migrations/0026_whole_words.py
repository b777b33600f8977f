"""Words of steps and merges are kept whole: varchar(500) becomes text, which PostgreSQL does without a rewrite."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_reporter_language"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casestage",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="casemerge",
            name="reason",
            field=models.TextField(),
        ),
    ]
