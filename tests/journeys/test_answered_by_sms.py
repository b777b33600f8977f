"""A customer answers on a phone, asked by SMS: branching, a low score and its probe, a photo, a lost connection."""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from PIL import Image

from huiyin.cases.public import Case
from huiyin.channels.models import OutgoingMessage, SmsTemplate
from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.questionnaires.actions.edit_draft import put_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.form import Form, FormQuestion, Option
from huiyin.visits.models import Visit
from huiyin.visits.tasks import draw_due_visits, plan_visit_links, send_visit_links
from tests.channels.sms_servers import Peer
from tests.journeys.walk import Walk, words
from tests.visits.link_fixtures import sms as sms  # noqa: PLC0414 - a fixture, shared

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEAVIEST = 100_000  # bytes of a page on a slow phone
MINUTE = 60
LOW = Condition("overall", at_most=2)
FORM = Form(
    code="delivered",
    title_zh="送货安装评价",
    title_en="Delivery and installation",
    intro_zh="您好！请用一分钟告诉我们送货安装是否满意。",
    intro_en="Hello! Please take a minute and tell us how delivery and installation went.",
    questions=(
        FormQuestion(
            "overall",
            "scale5",
            "您对送货安装满意吗？",
            "How satisfied are you?",
            dimension="overall",
            required=True,
            probe_at=2,
            probe_zh="很抱歉，是哪里让您不满意？",
            probe_en="We are sorry. What went wrong?",
        ),
        FormQuestion(
            "part",
            "choice",
            "主要问题出在哪里？",
            "Where did it go wrong?",
            required=True,
            options=(Option("late", "送货迟到", "Late delivery"), Option("damage", "商品破损", "Damaged goods")),
            only_if=LOW,
        ),
        FormQuestion("place", "photo", "请拍一张照片", "Please take a photo", most_photos=2, only_if=LOW),
        FormQuestion("praise", "text", "最满意的是什么？", "What was best?", only_if=Condition("overall", at_least=4)),
        FormQuestion("recommend", "scale11", "您会推荐我们吗？", "Would you recommend us?", dimension="recommend"),
    ),
)


def test_a_questionnaire_is_answered_on_a_phone_from_an_sms(walk: Walk, sms: Peer, site: str) -> None:
    walk.clock.set("2026-09-21 09:00")
    _kind_goes_by_sms(walk)
    address = _sms_arrives(walk, sms, site)
    _customer_answers(walk, address)
    _passed_on(walk, address)
    _seen_by_the_company(walk)
    assert len(sms.accepted) == 1


def _kind_goes_by_sms(walk: Walk) -> None:
    """The manager publishes the questionnaire and lets the regular visit go by SMS first."""
    put_draft(walk.company.call("service_manager"), FORM)
    publish_draft(walk.company.call("service_manager"), "delivered")
    page = walk.open("service_manager", "/visits/policies/kind/regular/")
    assert not page.locator(".self-service").is_visible()
    page.select_option("[name=channel_1]", "sms")
    page.select_option("[name=channel_2]", "phone")
    page.select_option("[name=questionnaire]", "delivered")
    page.locator("[name=invite_delay_hours]").fill("10")
    page.locator("[name=effective_from]").fill("2026-09-21")
    page.locator("[name=reason]").fill(walk.say("改为短信回访", "By SMS from now on"))
    walk.picture(page, "kind-by-sms")
    page.locator("[name=do][value=save]").click()
    page.wait_for_url(re.compile(r"/visits/policies/"))


def _sms_arrives(walk: Walk, sms: Peer, site: str) -> str:
    """A purchase owes a visit; in its hours the provider gets one SMS. Returns the link the customer reads."""
    SmsTemplate.objects.filter(kind="visits.invitation").update(text=f"一分钟评价：{site}/q/${{token}}/")
    now = walk.clock.now
    buyer = Customer.objects.create(
        number="CS202609001",
        name=walk.say("周敏", "Zhou Min"),
        sort_key="zhoumin",
        registered_at=now,
        language=walk.say("zh", "en"),
    )
    Contact.objects.create(customer=buyer, name=buyer.name, phone="+8613900001111", is_primary=True)
    Purchase.objects.create(
        customer=buyer,
        source="shop",
        number="N1",
        store=walk.company.stores["S01"],
        bought_at=now - timedelta(days=7),
        amount=Decimal(3000),
        recorded_at=now,
    )
    walk.job(draw_due_visits)
    walk.job(plan_visit_links)
    walk.job(send_visit_links)
    assert sms.accepted == []
    visit = Visit.objects.get()
    page = walk.open("service_manager", f"/visits/{visit.pk}/")
    assert page.get_by_text(walk.say("短信：链接将于", "SMS: link goes out on")).count() == 1
    walk.at("2026-09-21 10:00")
    walk.job(send_visit_links)
    walk.work()
    assert [one.number for one in sms.accepted] == ["13900001111"]
    text = OutgoingMessage.objects.get().text
    assert text == f"【回音科技】一分钟评价：{site}/q/{sms.accepted[0].values['token']}/"
    found = re.search(r"http\S+/q/[\w-]+/", text)
    assert found is not None
    return found[0]


def _customer_answers(walk: Walk, address: str) -> None:
    """Seven taps; in the middle the connection is gone for a while."""
    walk.at("2026-09-21 10:20")
    phone = walk.page("customer")
    weight: list[int] = []
    phone.on("response", lambda answer: weight.append(len(answer.body())) if answer.status == 200 else None)
    phone.goto(address, wait_until="networkidle")
    assert 5_000 < sum(weight) < HEAVIEST
    assert phone.evaluate("innerWidth") == 390
    assert phone.locator("fieldset.question:visible").count() == 2
    walk.picture(phone, "asked")

    began = time.perf_counter()
    with phone.expect_response(lambda answer: answer.url.endswith("/part/")):
        phone.locator("#q-overall label", has=phone.locator("[value='2']")).tap()
    assert phone.locator("fieldset.question:visible").count() == 4
    phone.locator("#q-overall .probe textarea").fill(walk.say("送来时箱子破了", "The box was broken"))
    with phone.expect_response(lambda answer: "/photos/" in answer.url and answer.status == 200):
        phone.locator("#q-place [type=file]").set_input_files(
            {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": _photo()}
        )
    phone.locator("#q-place .thumbs img").wait_for()

    phone.context.set_offline(True)
    phone.locator("#q-part label", has=phone.locator("[value='damage']")).tap()
    phone.locator("[data-lost]").wait_for()
    phone.locator("#q-recommend label", has=phone.locator("[value='3']")).tap()
    phone.locator(".ask-end button").tap()
    walk.picture(phone, "connection-lost")
    assert _answers() == {"overall": 2, "place": 1}
    with phone.expect_response(lambda answer: answer.url.endswith("/part/")):
        phone.context.set_offline(False)
    phone.locator("[data-lost]").wait_for(state="hidden")
    assert _answers() == {"overall": 2, "place": 1, "part": ["damage"], "recommend": 3}

    phone.reload()
    assert phone.locator("#q-part [value='damage']").is_checked()
    assert phone.locator("#q-place .thumbs img").count() == 1
    walk.picture(phone, "still-there")
    walk.at("2026-09-21 10:21")
    phone.locator(".ask-end button").tap()
    phone.locator(".public-done").wait_for()
    assert time.perf_counter() - began < MINUTE
    walk.picture(phone, "thanks")


def _photo() -> bytes:
    """What a phone takes: large, on its side, with more in it than the picture."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of Zhou Min"
    target = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 1800)).convert("RGB").save(target, "JPEG", exif=exif)
    return target.getvalue()


def _answers() -> dict[str, object]:
    asking = Asking.objects.get()
    given = {one.question.code: one for one in asking.answers.filter(current=True).select_related("question")}
    return {
        code: one.number if one.number is not None else len(one.photos) if code == "place" else one.choices
        for code, one in given.items()
        if one.number is not None or one.choices
    }


def _passed_on(walk: Walk, address: str) -> None:
    """Somebody else who has the link sees that it is answered, and nothing of the answers."""
    other = walk.open("customer-2", address)
    assert words(other.locator("h1")) == walk.say("谢谢您", "Thank you")
    assert walk.say("送来时箱子破了", "The box was broken") not in other.content()
    walk.picture(other, "passed-on")


def _seen_by_the_company(walk: Walk) -> None:
    """The visit is done, the low score is a case, the photo is seen."""
    visit = Visit.objects.get()
    assert (visit.state, visit.way, visit.found_case is not None) == ("done", "self", True)
    assert Case.objects.get().customer_id == visit.customer_id
    asking = Asking.objects.get()
    assert (asking.state, asking.way, asking.seconds, asking.flags) == ("complete", "self", 60, [])
    page = walk.open("service_manager", f"/visits/{visit.pk}/")
    assert page.get_by_text(walk.say("，已作答", ", answered")).count() >= 1
    walk.picture(page, "visit-done")
    page = walk.open("service_manager", f"/askings/{asking.pk}/")
    assert page.get_by_text(walk.say("送来时箱子破了", "The box was broken")).count() == 1
    photo = page.locator(".given-photos img")
    photo.wait_for()
    photo.evaluate("image => image.decode()")
    assert photo.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 1600]
    walk.picture(page, "answers")
