"""Links know by which way and message they went out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0004_builder"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerlink",
            name="message_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="answerlink",
            name="purpose",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="answerlink",
            name="sent_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
    ]
