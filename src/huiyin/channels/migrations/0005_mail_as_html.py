"""A mail may carry its text as HTML as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_contact_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmessage",
            name="html",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
