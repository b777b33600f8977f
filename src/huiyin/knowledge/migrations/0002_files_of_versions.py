"""A file belongs to versions of an article, so that who reviews a version sees its files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_articles")]

    operations = [
        migrations.RemoveConstraint(model_name="articlefile", name="article_file_once"),
        migrations.AddField(model_name="articlefile", name="since", field=models.PositiveIntegerField(default=1)),
        migrations.AddField(model_name="articlefile", name="until", field=models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            model_name="articlefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("article", "digest"), name="article_file_once"
            ),
        ),
    ]
