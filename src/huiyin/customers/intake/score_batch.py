"""Writes a batch of scores that buyers gave in another system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.customers.models import GivenScore, Purchase
from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

GIVEN = ("score", "title", "words", "given_at", "customer_id", "purchase_id", "scale_max")


def write_scores(batch: Batch) -> None:
    """A score is known by its number and purchase; those of purchases we do not have are refused."""
    source = batch.options["source"]
    bought = [record.first["purchase"] for record in batch.records if "purchase" in record.first]
    rows = Purchase.objects.filter(source=source, number__in=bought).values_list("number", "id", "customer_id")
    purchases = {number: (pk, customer) for number, pk, customer in rows}
    made = [made for record in batch.records if (made := _score(batch, record, purchases)) is not None]
    _write(batch, source, made)


def _score(batch: Batch, record: Record, purchases: Mapping[str, tuple[int, int | None]]) -> GivenScore | None:
    values = record.first
    best = int(batch.options["scale_max"]) if batch.options["scale_max"].isdigit() else 5
    number = values.get("purchase")
    if len(record.lines) > 1:
        rows = ", ".join(str(line.row_no) for line in record.lines)
        batch.refuse(record, message(_("The same score stands in several rows (%(rows)s)."), rows=rows))
    elif number and number not in purchases:
        why = message(_("There is no purchase “%(number)s” from this system yet."), number=number)
        batch.refuse(record, why, field="purchase")
    elif not 0 <= values["score"] <= best:
        why = message(_("The score %(score)s is not on the scale up to %(best)s."), score=values["score"], best=best)
        batch.refuse(record, why, field="score")
    else:
        return _made(batch, values, best, purchases.get(number or "", (None, None)))
    return None


def _made(batch: Batch, values: dict[str, Any], best: int, bought: tuple[int | None, int | None]) -> GivenScore:
    return GivenScore(
        source=batch.options["source"],
        number="/".join(part for part in (values["number"], values.get("purchase")) if part),
        score=values["score"],
        scale_max=best,
        title=values.get("title", ""),
        words=values.get("words", ""),
        given_at=values["given_at"],
        purchase_id=bought[0],
        customer_id=bought[1],
    )


def _write(batch: Batch, source: str, scores: Sequence[GivenScore]) -> None:
    known = GivenScore.objects.filter(source=source, number__in=[score.number for score in scores])
    there = {score.number: score for score in known}
    fresh = [score for score in scores if score.number not in there]
    altered = [score for score in scores if score.number in there and _differs(score, there[score.number])]
    batch.new += len(fresh)
    batch.changed += len(altered)
    batch.same += len(scores) - len(fresh) - len(altered)
    if not batch.trial:
        GivenScore.objects.bulk_create(fresh, batch_size=2000)
        GivenScore.objects.bulk_update(altered, [name.removesuffix("_id") for name in GIVEN], batch_size=500)


def _differs(score: GivenScore, known: GivenScore) -> bool:
    """Compares; a score that differs takes the key of the one that is there."""
    score.pk = known.pk
    return any(getattr(score, name) != getattr(known, name) for name in GIVEN)
