"""Complaints and other feedback with their answers, from another system or an official platform."""

from __future__ import annotations

from huiyin.cases.actions.import_complaints import write_complaints
from huiyin.imports.public import Field, ImportKind, Option, Preset, code, moment
from huiyin.kernel.words import gettext_noop as _

KIND = ImportKind(
    code="complaints",
    label=_("Complaints with their answers"),
    hint=_(
        "One row per complaint. With an answer it comes in as a closed case with its real times, else as an open one."
    ),
    needs="cases.import",
    fields=(
        Field(
            "number",
            _("Number in the other system"),
            ("留言编号", "工单号", "投诉编号", "编号", "case number", "id"),
            code,
            required=True,
            longest=40,
        ),
        Field("author", _("Who complains"), ("留言用户", "投诉人", "客户姓名", "姓名", "name", "author"), longest=80),
        Field("subject", _("Subject"), ("留言主题", "主题", "标题", "subject", "title")),
        Field(
            "text",
            _("What happened"),
            ("留言详情", "投诉内容", "内容", "详情", "description", "text"),
            required=True,
            longest=20_000,
        ),
        Field(
            "received_at",
            _("Received at"),
            ("留言时间", "投诉时间", "受理时间", "received", "created at"),
            moment,
            required=True,
        ),
        Field("reply", _("Answer"), ("答复意见", "答复", "回复内容", "处理结果", "reply", "answer"), longest=20_000),
        Field("answered_at", _("Answered at"), ("答复时间", "回复时间", "办结时间", "answered", "closed at"), moment),
    ),
    group_by=(("number",),),
    options=(
        Option("source", _("Name of the other system"), default="import"),
        Option("time_zone", _("Time zone of the times"), default="Asia/Shanghai"),
        Option(
            "date_order",
            _("Order of day and month"),
            default="ymd",
            choices=(("ymd", _("year, month, day")), ("dmy", _("day, month, year")), ("mdy", _("month, day, year"))),
        ),
    ),
    presets=(
        Preset(
            "message-board",
            _("Message board of a public authority"),
            {
                "number": "留言编号",
                "author": "留言用户",
                "subject": "留言主题",
                "received_at": "留言时间",
                "text": "留言详情",
                "reply": "答复意见",
                "answered_at": "答复时间",
            },
            {"source": "message-board"},
        ),
    ),
    write=write_complaints,
    order=50,
)
