"""What a message is to the contact ledger, and the messages of the past as its entries."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

SENT = """
INSERT INTO contact_ledger_contactentry
    (customer_id, way, purpose, subject, subject_id, outcome, at, override, override_reason)
SELECT m.customer_id, m.kind, 'answer', 'channels.outgoingmessage', m.id, 'reached', m.sent_at, '', ''
FROM channels_outgoingmessage m JOIN customers_customer c ON c.id = m.customer_id
WHERE m.kind IN ('email', 'sms') AND m.state IN ('sent', 'delivered') AND m.sent_at IS NOT NULL
ORDER BY m.sent_at, m.id
"""


def take_over(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as RunPython calls it
    """Messages that were sent so far; nothing in an empty database."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SENT)


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_sms"),
        ("contact_ledger", "0002_contact_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmessage",
            name="contact_purpose",
            field=models.CharField(default="answer", max_length=10),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
