"""Ways in from a customer's phone: a talk that becomes a case, a code on a device with a photo, words added later."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from pytest_django import Settings

from huiyin.cases.public import Case
from huiyin.customers.public import Contact, Customer, InstalledProduct, Product
from huiyin.devices.actions.labels import make_labels
from huiyin.devices.models import DeviceLabel
from huiyin.devices.queries.devices import address_of
from huiyin.organisation.public import Store
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000  # milliseconds: both sides look for news every few seconds
SAID = "冰箱响了一夜，里面的菜都化了"


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files go into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_talk_and_a_code_become_cases(walk: Walk, tmp_path: Path) -> None:
    walk.clock.set("2026-09-22 10:00")
    for who in ("customer", "customer2", "agent", "director"):
        walk.page(who).set_default_timeout(PATIENCE)
    talk_begins(walk)
    talk_is_taken_and_answered(walk)
    talk_becomes_a_case(walk)
    code_is_scanned(walk, tmp_path)
    words_are_added_and_answered(walk)


def talk_begins(walk: Walk) -> None:
    """A visitor on a phone reads what is promised and writes; the agent is told at once."""
    phone = walk.open("customer", "/chat/")
    assert walk.say("3 分钟内有人应答", "within 3 minutes") in words(phone.locator(".public-lead"))
    walk.picture(phone, "chat-start")
    phone.locator("[name=text]").fill(SAID)
    phone.locator("[name=name]").fill("孙晓燕")
    phone.locator("[name=phone]").fill("138 0012 0444")
    phone.locator("button.btn-primary").tap()
    phone.wait_for_url("**/chat/*/")
    assert words(phone.locator(".chat-mine .chat-words")) == SAID
    walk.picture(phone, "chat-waiting")
    page = walk.open("agent", "/notices/")
    assert SAID in words(page.locator("main"))


def talk_is_taken_and_answered(walk: Walk) -> None:
    """The agent takes the visitor and answers; both see it without loading anything; a reload loses nothing."""
    page = walk.open("agent", "/chats/")
    walk.picture(page, "chats")
    page.get_by_role("link", name="孙晓燕").click()
    page.wait_for_url("**/chats/*/")
    walk.notes["chat"] = page.url
    page.locator("[name=text]").fill("您好，请问冰箱型号是什么？")
    page.keyboard.press("Enter")
    page.locator(".chat-mine").first.wait_for()
    assert page.locator("[name=text]").input_value() == ""
    phone = walk.page("customer")
    phone.locator(".chat-theirs").first.wait_for()
    phone.locator("[name=text]").fill("BCD-500，<b>急</b>")
    phone.locator(".chat-row button").tap()
    page.locator(".chat-theirs").nth(1).wait_for()
    assert words(page.locator(".chat-theirs .chat-words").nth(1)) == "BCD-500，<b>急</b>"
    walk.picture(phone, "chat-talk")
    page.reload()
    assert page.locator(".chat-line").count() == phone.locator(".chat-line").count() == 3
    walk.picture(page, "chat-agent")


def talk_becomes_a_case(walk: Walk) -> None:
    """In one step; the visitor reads number and link, and what was being typed meanwhile is not lost."""
    walk.page("customer").locator("[name=text]").fill("门也关不严")
    page = walk.open("agent", f"{walk.notes['chat']}case/")
    page.locator("[name=kind]").select_option("repair")
    walk.picture(page, "chat-make-case")
    page.locator("main .btn-primary").click()
    page.wait_for_url(walk.notes["chat"])
    walk.picture(page, "chat-over")
    phone = walk.page("customer")
    phone.locator(".chat-house a").wait_for()
    assert "GD20260922-0001" in words(phone.locator(".chat-house").last)
    assert phone.locator("[name=text]").input_value() == "门也关不严"
    walk.picture(phone, "chat-recorded")
    phone.locator(".chat-house a").tap()
    phone.wait_for_url("**/c/*/")
    assert words(phone.locator("h1")) == "GD20260922-0001"


def code_is_scanned(walk: Walk, folder: Path) -> None:
    """A code on a device: product, serial number, warranty are there; a photo goes along."""
    owner = Customer.objects.create(
        number="CS202609901", name="何林", sort_key="he lin", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(customer=owner, name="何林", phone="+8613900001111", is_primary=True)
    product = Product.objects.create(model="BCD-500", name="双门冰箱 BCD-500")
    InstalledProduct.objects.create(
        customer=owner,
        product=product,
        serial="SN0042",
        store=Store.objects.order_by("code").first(),
        warranty_until=date(2027, 3, 31),
    )
    key = make_labels(walk.company.call("agent"), serials=["SN0042"])[0]
    sheet = walk.open("agent", "/device-labels/")
    walk.picture(sheet, "device-codes")
    phone = walk.page("customer")
    label = DeviceLabel.objects.get(pk=key)
    address = urlsplit(address_of(label)).path
    phone = walk.open("customer", address)
    assert "SN0042" in words(phone.locator("main"))
    phone.locator("[name=description]").fill("门封条裂了")
    phone.locator("[name=reporter_phone]").fill("13900001111")
    photo = folder / "IMG_1.jpg"
    drawn = io.BytesIO()
    Image.new("RGB", (800, 600), "#7aa").save(drawn, "JPEG")
    photo.write_bytes(drawn.getvalue())
    phone.locator("[name=uploads]").set_input_files(photo)
    walk.picture(phone, "device-scanned")
    phone.locator("button.btn-primary").tap()
    phone.wait_for_url("**/c/*/")
    case = Case.objects.get(serial="SN0042")
    assert (case.customer, case.attachments.count()) == (owner, 1)
    walk.notes["case"] = f"/cases/{case.pk}/"
    walk.picture(phone, "device-told")
    guessed = address.replace(label.proof, "0" * len(label.proof))
    assert walk.status("customer2", guessed) == 410
    walk.picture(walk.page("customer2"), "device-retired")


def words_are_added_and_answered(walk: Walk) -> None:
    """The customer adds words on the phone; the director answers; the customer reads the answer."""
    phone = walk.page("customer")
    phone.locator("form[action$='/say/'] [name=text]").fill("右下角最严重")
    phone.locator("form[action$='/say/'] button").tap()
    phone.get_by_text("右下角最严重").first.wait_for()
    page = walk.open("director", walk.notes["case"])
    assert "右下角最严重" in [words(each) for each in page.locator(".talk-text").all()]
    page.locator(".composer textarea").fill("明天上午工程师上门更换门封条。")
    page.locator(".composer button").last.click()
    page.get_by_text("明天上午工程师上门更换门封条。").first.wait_for()
    walk.picture(page, "case-of-a-device")
    phone.reload()
    assert phone.get_by_text("明天上午工程师上门更换门封条。").count() >= 1
    walk.picture(phone, "customer-reads-the-answer")
