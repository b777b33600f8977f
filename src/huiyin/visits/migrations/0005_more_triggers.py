"""Visits may fall due for a group of customers and on a date."""

from django.db import migrations, models

from huiyin.visits.rules.falling_due import TRIGGER_LABELS


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_contact_ledger")]

    operations = [
        migrations.AlterField(
            model_name="visitpolicy",
            name="trigger",
            field=models.CharField(max_length=20, choices=[(code, label) for code, label in TRIGGER_LABELS.items()]),
        ),
    ]
