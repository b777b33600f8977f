from django.db import migrations, models


class Migration(migrations.Migration):
    """The state of all settings. Its values come from a sequence, so that none comes back after a rollback."""

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SettingsStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL("CREATE SEQUENCE foundation_stamps", "DROP SEQUENCE foundation_stamps"),
    ]
