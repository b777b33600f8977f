"""Visits of different kinds to one customer are made in one call (VIS-15)."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q, Value


class Migration(migrations.Migration):
    dependencies = [("visits", "0009_moved_by_hand")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="also_for",
            field=ArrayField(
                models.BigIntegerField(),
                blank=True,
                default=list,
                db_default=Value([], ArrayField(models.BigIntegerField())),
            ),
        ),
        migrations.AddField("visit", "leads", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("visit", "apart", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            model_name="visit",
            name="made_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="others",
                to="visits.visit",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["made_with"], name="visit_made_with", condition=Q(made_with__isnull=False)),
        ),
    ]
