"""Photo questions, the photos customers gave, and which browser answered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0005_links_sent"),
    ]

    operations = [
        migrations.AddField(
            model_name="asking",
            name="device",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="question",
            name="most_megabytes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="question",
            name="most_photos",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("scale5", "Scale 1–5"),
                    ("scale7", "Scale 1–7"),
                    ("scale11", "Scale 0–10"),
                    ("choice", "One choice"),
                    ("multi", "Several choices"),
                    ("text", "Text"),
                    ("emotion", "Emotion"),
                    ("photo", "Photo"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="AnswerPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=100)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="questionnaires.asking"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.question"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
