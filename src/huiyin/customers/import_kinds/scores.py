"""Scores and words that buyers gave elsewhere, such as reviews in a web shop."""

from __future__ import annotations

from huiyin.customers.import_kinds._presets import SCORE_PRESETS
from huiyin.customers.intake import parsing
from huiyin.customers.intake.score_batch import write_scores
from huiyin.imports.public import Field, ImportKind, Option, code, moment, number
from huiyin.kernel.words import gettext_noop as _

KIND = ImportKind(
    code="scores",
    label=_("Reviews from other systems"),
    hint=_("One row per review, with the number of its purchase. Bring the purchases first."),
    needs="customers.import",
    fields=(
        Field("number", _("Number of the review"), ("评价编号", "review id"), code, required=True, longest=80),
        Field("purchase", _("Purchase number"), ("订单号", "订单编号", "order id"), code, longest=80),
        Field("score", _("Score"), ("评分", "得分", "星级", "rating", "stars"), number, required=True),
        Field("title", _("Title"), ("标题",)),
        Field("words", _("Words"), ("评价内容", "评论", "内容", "comment", "review"), longest=20_000),
        Field("given_at", _("Given at"), ("评价时间", "日期", "date", "created at"), moment, required=True),
    ),
    group_by=(("number", "purchase"), ("number",)),
    options=(
        parsing.SOURCE,
        Option("scale_max", _("Best score of the scale"), default="5"),
        parsing.TIME_ZONE,
        parsing.DATE_ORDER,
    ),
    presets=SCORE_PRESETS,
    write=write_scores,
    order=40,
)
