"""Who wrote about a case on platforms, as the API tells it."""

from __future__ import annotations

from ninja import Schema

from huiyin.cases.queries.outside import writers_of
from huiyin.customers.public import mask_name


class WriterOut(Schema):
    """Somebody at a platform, masked; ``customer`` is the number of whoever they were joined to, else empty.

    ``id`` is what ``join-identity`` and ``part-identity`` call ``identity_id``.
    """

    id: int
    platform: str
    name: str
    masked: str
    customer: str


def writers_on(case_id: int) -> list[WriterOut]:
    """First come first."""
    return [
        WriterOut(id=one.pk, platform=one.platform, name=mask_name(one.name), masked=one.masked, customer=one.customer)
        for one in writers_of(case_id)
    ]
