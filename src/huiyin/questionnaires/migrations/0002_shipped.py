"""The shipped questionnaires."""

from typing import Any

from django.db import migrations

from huiyin.questionnaires.shipped.forms import FORMS


def ship(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    forms, questions = apps.get_model("questionnaires", "Questionnaire"), apps.get_model("questionnaires", "Question")
    for form in FORMS:
        about = {name: value for name, value in form.items() if name != "questions"}
        row = forms.objects.create(**about, state="published")
        questions.objects.bulk_create(
            questions(questionnaire=row, order=order, **one) for order, one in enumerate(form["questions"], 1)
        )


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
