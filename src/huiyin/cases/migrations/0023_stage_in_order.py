"""A list of the cases in a stage of the company's own comes from an index in the order of the queue.

Few rows are in it. It is not made concurrently: that would wait for the connection that guards the upgrade, for good.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_board_says_whose")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("own_stage__isnull", False)),
                fields=["own_stage", "level_rank", "due_at", "id"],
                name="case_in_own_stage",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="case_own_stage"),
    ]
