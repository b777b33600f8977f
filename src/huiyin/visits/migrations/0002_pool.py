"""What waits in the pool is counted with every list of visits."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["due", "in_progress", "planned"]), ("agent", None), ("sampled", False)
                ),
                fields=["due_by", "id"],
                name="visit_pool",
            ),
        ),
    ]
