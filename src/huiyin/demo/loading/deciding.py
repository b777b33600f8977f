"""What the demo company's customer service decided for itself: clocks for VIPs, texts, macros, views, a stage."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.agree_service import agree_service
from huiyin.cases.actions.arrange_stages import save_stage
from huiyin.cases.actions.macros import save_macro
from huiyin.cases.actions.save_sla import save_sla, save_sla_list
from huiyin.cases.actions.save_template import save_template
from huiyin.cases.actions.save_view import save_view
from huiyin.customers.public import Customer
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.desk import (
    AGREEMENT,
    FOR_EVERYBODY,
    FOR_THE_DESK,
    MACROS,
    STAGE,
    TEMPLATES,
    VIEWS,
    VIP_CLOCKS,
)
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, actor_of, with_role
from huiyin.working_time.public import calendar_of

WHY = "演示公司的约定"


def load_decisions(act: Act, places: Places) -> None:
    """Keeps them as the people who may decide would."""
    boss, director, agent = (
        Call(actor_of(with_role(role).order_by("pk")[0]), act.now)
        for role in (Role.SERVICE_MANAGER, Role.DIRECTOR, Role.AGENT)
    )
    today = act.now.astimezone(calendar_of().zone).date()
    save_sla(director, VIP_CLOCKS, effective_from=today, reason=WHY)
    save_sla_list(director, ["vip", "standard"], effective_from=today, reason=WHY)
    _agree(director)
    save_stage(boss, None, **STAGE)
    for values in TEMPLATES:
        save_template(boss, **values, reason=WHY, effective_from=today)
    for name, whose, steps in MACROS:
        department = places.departments["service"] if whose == FOR_THE_DESK else None
        by = boss if department or whose == FOR_EVERYBODY else agent
        save_macro(by, name=name, steps=steps, everybody=whose == FOR_EVERYBODY, department_id=department)
    for name, name_en, audience, condition, columns in VIEWS:
        department = places.departments["service"] if audience == "team" else None
        shown: dict[str, Any] = {"name": name, "name_en": name_en, "audience": audience, "department_id": department}
        save_view(boss, **shown, condition=condition, columns=columns)


def _agree(director: Call) -> None:
    """With the VIP whose file is newest."""
    vip = Customer.objects.filter(tier="vip", do_not_contact=False).order_by("-pk").first()
    if vip:
        first = director.now.astimezone(calendar_of().zone).date().replace(month=1, day=1)
        agree_service(
            director, vip.pk, code=AGREEMENT, policy="vip", valid_from=first, note="年度服务协议，含两次免费保养"
        )
