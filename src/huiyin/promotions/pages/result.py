"""The result of a list: shares with their intervals, amounts, every line; and its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.promotions.models import GiftList
from huiyin.promotions.queries.lists import list_seen_by
from huiyin.promotions.queries.sheet import sheet_of
from huiyin.promotions.result_sheet.forms import file_answer
from huiyin.promotions.result_sheet.paper import language_of, line_row, share_row
from huiyin.promotions.result_sheet.words import AMOUNT_LABELS, HEAD_LABELS
from huiyin.promotions.rules.words import CHECK_LABELS

SHOWN = 200


@dataclass(frozen=True)
class ResultPage:
    """The sheet in words; ``total`` lines, of which the first are shown."""

    gifts: GiftList
    head: list[tuple[str, str]]
    shares: list[tuple[str, ...]]
    amounts: list[tuple[str, str]]
    lines: list[tuple[str, ...]]
    total: int


@page("gift-lists/<int:list_id>/result/", name="gift-result", needs="promotions.see")
def gift_result(request: Request, list_id: int) -> HttpResponse:
    """What the list came to: as signed, or as it stands."""
    gifts = list_seen_by(request.actor, list_id)
    sheet = sheet_of(gifts)
    head = dict(sheet.head, check=gettext(CHECK_LABELS[gifts.check_kind]))
    context = ResultPage(
        gifts=gifts,
        head=[(gettext(label), head.get(code) or "–") for code, label in HEAD_LABELS.items()],
        shares=[share_row(share) for share in sheet.shares],
        amounts=[(gettext(label), sheet.amounts[code]) for code, label in AMOUNT_LABELS.items()],
        lines=[line_row(line) for line in sheet.lines[:SHOWN]],
        total=len(sheet.lines),
    )
    return show(request, "promotions/result.html", context)


@page("gift-lists/<int:list_id>/result/file/", name="gift-result-file", needs="promotions.see")
def gift_result_file(request: Request, list_id: int) -> HttpResponse:
    """The same as a file (``?as=xlsx``, ``docx`` or ``pdf``), in the reader's language or ``?in=en``."""
    gifts = list_seen_by(request.actor, list_id)
    language = language_of(request.GET.get("in", ""), request.LANGUAGE_CODE)
    ending = request.GET.get("as", "xlsx")
    return file_answer(gifts, sheet_of(gifts), ending, language=language, now=clock.now())
