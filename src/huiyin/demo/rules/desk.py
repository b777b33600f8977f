"""What the invented company's customer service has made its own: templates, macros, views, a stage, clocks for VIPs."""

from __future__ import annotations

from typing import Any

TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "code": "received",
        "name": "已受理",
        "text": "{客户姓名}您好，您反映的“{工单标题}”已受理，工单号 {工单号}。我们会在 {时限} 前给您答复。进展可随时查看：{客户链接}",
        "text_en": "Dear {customer}, your matter “{title}” is recorded under {number}. We answer by {due}. See how it goes: {link}",
    },
    {
        "code": "need_photos",
        "name": "请补充照片和序列号",
        "text": "{客户姓名}您好，为了判断{产品}的故障，请通过 {客户链接} 补充故障照片和机身序列号。{客服姓名}",
        "text_en": "Dear {customer}, to find the fault please add photos and the serial number here: {link}. {agent}",
        "kind": "repair",
    },
    {
        "code": "part_on_its_way",
        "name": "配件在途",
        "text": "{客户姓名}您好，工单 {工单号} 需要的配件正在调拨，到货后当天与您约上门时间。给您添麻烦了。",
        "text_en": "Dear {customer}, the part for {number} is on its way; we agree a time for the visit on the day it arrives.",
        "topic": "product",
    },
    {
        "code": "refund_date",
        "name": "退款到账时间",
        "text": "{客户姓名}您好，退款已提交财务，预计 3 个工作日内到账。未到账请致电{客服热线}，报工单号 {工单号} 即可。",
        "text_en": "Dear {customer}, your refund has gone to our accountants and arrives within 3 working days ({number}).",
        "topic": "process",
    },
    {
        "code": "sorry",
        "name": "致歉并说明改进",
        "text": "{客户姓名}您好，{部门}已核实您反映的情况，为此向您致歉。改进措施和结果会由 {客服姓名} 当面向您说明。",
        "text_en": "Dear {customer}, {department} has looked into it and is sorry. {agent} will tell you what we changed.",
        "topic": "attitude",
    },
)
"""Values of :func:`huiyin.cases.actions.save_template.save_template`."""

FOR_EVERYBODY, FOR_THE_DESK, FOR_MYSELF = "everybody", "service", "own"
MACROS: tuple[tuple[str, str, tuple[dict[str, str], ...]], ...] = (
    (
        "请客户补充资料并等待",
        FOR_EVERYBODY,
        (
            {"do": "answer", "template": "need_photos"},
            {"do": "wait", "waiting_for": "customer", "reason": "等待客户补充照片和序列号"},
        ),
    ),
    (
        "升为重要并持续关注",
        FOR_THE_DESK,
        (
            {"do": "triage", "level": "important", "reason": "客户再次来电催办"},
            {"do": "add_task", "title": "今天内向客户通报进展", "days": "1"},
            {"do": "watch"},
        ),
    ),
    ("已致电，客户暂不方便", FOR_MYSELF, ({"do": "note", "text": "已致电，客户暂不方便通话，约定下午再联系。"},)),
)
"""Name, for whom, and steps."""

VIEWS: tuple[tuple[str, str, str, dict[str, Any], tuple[str, ...]], ...] = (
    (
        "安装、退款与配送",
        "Fitting, refunds, deliveries",
        "all",
        {"all": [{"field": "topic", "is": "in", "value": ["process"]}]},
        ("customer", "level", "state", "owner", "due", "store"),
    ),
    (
        "等待配件",
        "Waiting for parts",
        "team",
        {"all": [{"field": "waiting_for", "is": "in", "value": ["part"]}]},
        ("customer", "product", "owner", "due"),
    ),
)
"""Name, English name, for whom, condition and columns."""

STAGE: dict[str, Any] = {
    "code": "in_the_workshop",
    "name": "送检维修中",
    "name_en": "In the workshop",
    "state": "executing",
}

VIP_CLOCKS: dict[str, Any] = {
    "code": "vip",
    "name": "重要客户：1 小时响应，1 个工作日解决",
    "calendar": "standard",
    "filter": {"all": [{"field": "tier", "is": "in", "value": ["vip"]}]},
    "pauses": ["customer"],
    "clocks": [
        {"level": "*", "start": "received", "goal": "first_response", "amount": 1, "unit": "hours"},
        {"level": "*", "start": "received", "goal": "verify", "amount": 4, "unit": "working_hours"},
        {"level": "*", "start": "received", "goal": "solve", "amount": 1, "unit": "working_days"},
        {"level": "*", "start": "reopened", "goal": "solve", "amount": 1, "unit": "working_days"},
        {"level": "*", "start": "told", "goal": "verdict", "amount": 3, "unit": "working_days"},
        {"level": "*", "start": "settled", "goal": "revisit", "amount": 24, "unit": "hours"},
    ],
}
AGREEMENT = "VIP-2026-017"
NOTES = (
    "客户两次来电催办，@韩雪梅(1002) 请帮忙协调技术部优先安排。",
    "客户愿意等配件，但希望周末上门，@邵永刚(5002) 是否可以？",
    "已与客户核对购机单据，资料齐全。@罗文博(1003) 可作为质检样本。",
)
"""Notes on running cases; who is named follows from then on."""
