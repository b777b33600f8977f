import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0019_areas_of_people"),
        ("channels", "0009_people_on_platforms"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gave_customer", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="cases.case",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="channels.outsideidentity"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "identity"), name="case_identity_once")],
            },
        ),
    ]
