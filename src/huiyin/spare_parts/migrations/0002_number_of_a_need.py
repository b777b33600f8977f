"""What a part is wanted for has a number that its keepers may read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that is empty for needs of before."""

    dependencies = [("spare_parts", "0001_spare_parts")]

    operations = [
        migrations.AddField(
            model_name="need",
            name="number",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        )
    ]
