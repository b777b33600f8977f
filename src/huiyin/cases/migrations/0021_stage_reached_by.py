"""What a stage of the company's own is reached by: somebody says so, or the engineer arrives."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_people_on_platforms")]

    operations = [
        migrations.AddField(
            model_name="ownstage",
            name="reached_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
    ]
