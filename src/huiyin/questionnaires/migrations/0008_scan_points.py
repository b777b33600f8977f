"""QR codes at places: customers answer without a visit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_leaner_indexes"),
        ("organisation", "0002_sessions"),
        ("questionnaires", "0007_figure_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("device", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ScanPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("questionnaire", models.CharField(max_length=30)),
                ("number", models.PositiveIntegerField(default=1)),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("device", ""), _negated=True), fields=["device"], name="asking_device"
            ),
        ),
        migrations.AddField(
            model_name="scanpoint",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.department",
            ),
        ),
        migrations.AddField(
            model_name="scanpoint",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.product",
            ),
        ),
        migrations.AddField(
            model_name="scanpoint",
            name="store",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.store",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="questionnaires.scanpoint"
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["point", "device", "-id"], name="scan_of_device"),
        ),
    ]
