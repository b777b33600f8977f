"""Visits may fall due because a department or store asks for them."""

from django.db import migrations, models

from huiyin.visits.rules.falling_due import TRIGGER_LABELS


class Migration(migrations.Migration):
    dependencies = [("visits", "0010_made_in_one_call")]

    operations = [
        migrations.AlterField(
            model_name="visitpolicy",
            name="trigger",
            field=models.CharField(max_length=20, choices=[(code, label) for code, label in TRIGGER_LABELS.items()]),
        ),
    ]
