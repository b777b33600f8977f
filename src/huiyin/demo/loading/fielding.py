"""Site visits of the demo company: one that was signed yesterday, one under way, two that are coming."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from decimal import Decimal

from PIL import Image, ImageDraw

from huiyin.cases.public import Case, take_step
from huiyin.demo.loading.stocking import Shelves
from huiyin.field_service.actions.on_site import arrive, begin
from huiyin.field_service.actions.report import Signature, Words, sign_report
from huiyin.field_service.public import SiteVisit, plan_visit
from huiyin.field_service.queries.offers import free_slots
from huiyin.field_service.queries.rules import rules_in_force, today_of
from huiyin.field_service.rules.checks import Answer
from huiyin.field_service.rules.words import Given, SignWay
from huiyin.field_service.signature import HEAD, signature_of
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, actor_of, with_role
from huiyin.spare_parts.public import issue_parts, use_parts

STROKES = ((20, 120), (70, 40), (110, 150), (150, 60), (200, 140), (260, 50), (330, 150), (420, 70), (520, 120))
PLACES = (
    "江城市澄江路 18 号 3 栋 502",
    "江城市人民路 66 号临街商铺",
    "江城市滨江大道 9 号 1 单元 1203",
    "江城市建设西路 5 号后厨",
)

NEWEST = 50


def load_site_visits(act: Act, shelves: Shelves) -> int:
    """Makes the visits of the first engineer; returns how many. Without an engineer or open cases none."""
    engineer = with_role(Role.ENGINEER).order_by("pk").first()
    running = _worth_a_way("executing")[:2]
    cases = [*running, *_worth_a_way("open")[: len(PLACES) - len(running)]]
    if engineer is None or not running:
        return 0
    slots = iter(free_slots([engineer], rules_in_force(today_of(act.now)), act.now)[engineer.pk])
    made: list[SiteVisit] = []
    for case, place in zip(cases, PLACES, strict=False):
        slot = next(slots, None)
        if slot is None:
            return len(made)
        made.append(
            plan_visit(
                act.call,
                case.pk,
                engineer_id=engineer.pk,
                start_at=slot.start,
                end_at=slot.end,
                purpose=case.title,
                address=place,
            )
        )
        slots = (later for later in slots if later.start >= slot.end + timedelta(minutes=30))
    by = actor_of(engineer)
    for visit, began in zip(made[: len(running)], (timedelta(hours=3), timedelta(minutes=40)), strict=False):
        visit.start_at, visit.end_at = act.now - began, act.now - began + timedelta(hours=2)
        visit.save(update_fields=["start_at", "end_at"])
    _signed(Call(by, act.now), made[0], shelves)
    if len(running) > 1:
        _begun(Call(by, act.now), made[1])
    return len(made)


def _worth_a_way(state: str) -> list[Case]:
    """Newest cases in a state, those about a product first."""
    return sorted(Case.objects.filter(state=state).order_by("-pk")[:NEWEST], key=lambda case: case.topic != "product")


def _begun(call: Call, visit: SiteVisit) -> None:
    arrive(call, visit.pk)
    begin(call, visit.pk, checks={item.code: Answer(Given.YES) for item in visit.rules.check_items})


def _signed(call: Call, visit: SiteVisit, shelves: Shelves) -> None:
    _begun(call, visit)
    need = take_step(
        call,
        visit.case_id,
        "need_part",
        part_id=shelves.parts[2].pk,
        place_id=shelves.warehouse.pk,
        quantity=Decimal(1),
    )
    issue_parts(call, need.pk)
    use_parts(call, need.pk)
    words = Words(
        found="风机轴承磨损，运转有异响",
        done="更换循环风机，清理风道",
        test="连续运行 30 分钟，噪声和温度正常",
        tested_with_customer=True,
        cleaned_up=True,
        handed_over="旧件、使用说明书",
    )
    sign_report(call, visit.pk, words, Signature(visit.contact_name or "客户", _drawn(), SignWay.DRAWN))


def _drawn() -> bytes:
    picture = Image.new("RGB", (640, 240), "white")
    ImageDraw.Draw(picture).line(STROKES, fill="black", width=5, joint="curve")
    target = io.BytesIO()
    picture.save(target, "PNG")
    return signature_of(HEAD + base64.b64encode(target.getvalue()).decode())
