"""What the contact ledger reads of the channels: the numbers that answered an SMS with a wish for silence."""

from huiyin.channels.models import OptOut

SILENT_NUMBERS = {
    "sms": f"SELECT address FROM {OptOut._meta.db_table} WHERE channel = 'sms' AND lifted_at IS NULL"  # noqa: S608
}
"""By way of contact, a SELECT of the numbers."""
