"""A talk from the first words to its end: nothing lost, nothing twice, nobody waits unseen (CHN-1)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from huiyin.cases.public import Case
from huiyin.channels.models import StaffNotice
from huiyin.customers.public import Customer
from huiyin.foundation.models import RowChange
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.promises.public import Promise
from huiyin.web_chat.actions.make_case import make_case
from huiyin.web_chat.actions.say import answer
from huiyin.web_chat.actions.take import end_chat, hand_chat_over, take_chat
from huiyin.web_chat.models import Chat, ChatPresence, ChatRules
from huiyin.web_chat.queries.talks import talks_of, waiting
from huiyin.web_chat.tasks import look_after_all
from tests.conftest import Company, MovableClock
from tests.web_chat.conftest import FIRST, Visitor

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def said(chat: Chat) -> list[tuple[str, str]]:
    return [(line.side, line.words) for line in chat.lines.order_by("pk")]


def test_the_first_words_promise_an_answer_and_tell_who_is_at_work(
    company: Company, visitor: Visitor, customer: Customer, clock: MovableClock
) -> None:
    chat = visitor.begin()
    assert (chat.state, chat.owner, chat.customer, chat.department) == (
        "waiting",
        None,
        customer,
        company.departments["service"],
    )
    promise = Promise.objects.get()
    assert (promise.kind, promise.title, promise.due_at) == (
        "chat.answer",
        "冰箱不制冷了",
        clock.now + timedelta(minutes=3),
    )
    told = StaffNotice.objects.order_by("staff_id")
    assert {notice.staff_id for notice in told} == {company.staff["agent"].pk, company.staff["agent2"].pk}
    assert waiting(company.actor("agent")) == [chat]
    assert waiting(company.actor("engineer")) == [], "a visitor waits in one department"


def test_the_first_answer_keeps_the_promise_and_takes_the_talk(
    company: Company, visitor: Visitor, clock: MovableClock
) -> None:
    chat = visitor.begin()
    clock.advance(minutes=2)
    answer(company.call("agent"), chat.pk, text="您好，请问型号？")
    chat.refresh_from_db()
    assert (chat.owner, chat.state, chat.answered_at) == (company.staff["agent"], "talking", clock.now)
    assert Promise.objects.get().state == "kept"
    with pytest.raises(Conflict):
        answer(company.call("agent2"), chat.pk, text="我来")
    found = visitor.news()
    assert "您好，请问型号？" in str(found["html"])
    assert company.staff["agent"].name in str(found["html"])


def test_a_line_sent_twice_stands_once_and_a_reload_brings_everything(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    assert [visitor.say("型号 BCD-500", key="k1"), visitor.say("型号 BCD-500", key="k1")] == [200, 200]
    assert said(chat) == [("visitor", "冰箱不制冷了"), ("visitor", "型号 BCD-500")]
    page = visitor.page()
    assert page.count("型号 BCD-500") == 1
    first = visitor.news()
    assert visitor.news(int(str(first["last"]))) == {
        "html": "",
        "last": 0,
        "types": False,
        "waits": True,
        "over": False,
    }


def test_a_double_click_begins_one_talk(company: Company) -> None:
    client = Client()
    answers = [client.post("/chat/", {**FIRST, "once": "o1"})["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]
    assert Chat.objects.count() == 1


def test_html_and_script_stay_words_in_every_field(
    company: Company, visitor: Visitor, sign_in: Callable[[str], Client]
) -> None:
    chat = visitor.begin(text=SCRIPT, name=SCRIPT, phone="")
    visitor.say(SCRIPT + "2")
    answer(company.call("agent"), chat.pk, text=SCRIPT)
    agent = sign_in("agent")
    shown = [
        visitor.page(),
        str(visitor.news()["html"]),
        agent.get(f"/chats/{chat.pk}/").content.decode(),
        agent.get("/chats/").content.decode(),
        str(agent.get(f"/chats/{chat.pk}/news/").json()["html"]),
    ]
    make_case(company.call("agent"), chat.pk, kind="inquiry", topic="other", title=SCRIPT)
    shown += [visitor.page(), agent.get("/chats/?tab=over").content.decode()]
    for page in shown:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown[0]


def test_the_case_of_a_talk_in_english_knows_it(company: Company) -> None:
    visitor = Visitor(Client(headers={"accept-language": "en"}))
    chat = visitor.begin(phone="", email="ann@abroad.example")
    take_chat(company.call("agent"), chat.pk)
    case = make_case(company.call("agent"), chat.pk, kind="inquiry", topic="other")
    assert (case.customer, case.reporter_language) == (None, "en")


@pytest.mark.parametrize("text", ["", "   ", "\x00", "字" * 2_001])
def test_no_words_and_too_many_are_refused(company: Company, visitor: Visitor, text: str) -> None:
    chat = visitor.begin()
    assert visitor.say(text, key="k") == 422
    assert chat.lines.count() == 1


def test_floods_stop_and_say_so(company: Company, visitor: Visitor, clock: MovableClock) -> None:
    visitor.begin()
    assert [visitor.say(f"第{n}句") for n in range(20)] == [200] * 19 + [422]
    clock.advance(minutes=1, seconds=1)
    assert visitor.say("一分钟后") == 200
    client = Client()
    statuses = [client.post("/chat/", FIRST).status_code for _n in range(10)]
    assert statuses == [302] * 9 + [422]
    assert client.post("/chat/", {**FIRST, "website": "spam"}).status_code == 422


def test_outside_of_working_hours_nobody_is_promised_anything(company: Company, clock: MovableClock) -> None:
    clock.set("2026-09-28 22:00")
    client = Client()
    page = client.get("/chat/").content.decode()
    assert "现在没有客服在线" in page
    assert "/feedback/" in page
    assert client.post("/chat/", FIRST).status_code == 422
    assert not Chat.objects.exists()
    clock.set("2026-10-10 10:00")
    assert client.post("/chat/", FIRST).status_code == 302, "a make-up Saturday is open"


def test_a_guessed_token_opens_nothing(company: Company, visitor: Visitor) -> None:
    visitor.begin()
    for path in ("", "news/"):
        assert Client().get(f"/chat/guess/{path}").status_code == 404
    assert Client().post("/chat/guess/say/", {"text": "x", "key": "k"}).status_code == 404


def test_only_sites_that_were_named_may_frame_it(company: Company, visitor: Visitor, clock: MovableClock) -> None:
    ChatRules.objects.create(version=1, data={"sites": ["https://www.example.cn"]}, effective_from=clock.now.date())
    start = Client().get("/chat/")
    assert start["Content-Security-Policy"].endswith("frame-ancestors 'self' https://www.example.cn")
    assert "X-Frame-Options" not in start
    assert Client().get("/feedback/")["Content-Security-Policy"].endswith("frame-ancestors 'none'")


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_take_a_visitor_one_gets_them(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    together = Barrier(2)

    def take(role: str) -> str:
        together.wait()
        try:
            take_chat(company.call(role), chat.pk)
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, ["agent", "agent2"])) == ["conflict", "taken"]
    assert chat.lines.filter(side="house").count() == 1


def test_nobody_talks_with_more_than_they_can(company: Company, visitor: Visitor, clock: MovableClock) -> None:
    ChatRules.objects.create(version=1, data={"talks_at_once": 1}, effective_from=clock.now.date())
    first, second = visitor.begin(), Visitor(Client()).begin()
    take_chat(company.call("agent"), first.pk)
    with pytest.raises(Conflict):
        take_chat(company.call("agent"), second.pk)
    take_chat(company.call("agent2"), second.pk)
    assert talks_of(company.actor("agent2")) == [second]


def test_a_talk_is_handed_over_whole(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    take_chat(company.call("agent"), chat.pk)
    StaffNotice.objects.all().delete()
    hand_chat_over(company.call("agent"), chat.pk, staff_id=company.staff["engineer"].pk, note="压缩机问题")
    notice = StaffNotice.objects.get()
    assert (notice.staff, notice.params) == (company.staff["engineer"], {"note": "压缩机问题"})
    assert Promise.objects.get().owner_id == company.staff["engineer"].pk
    answer(company.call("engineer"), chat.pk, text="您好，我是工程师")
    assert [words for _side, words in said(chat)] == [
        "冰箱不制冷了",
        f"{company.staff['agent'].name} 为您服务。",
        f"由 {company.staff['engineer'].name} 继续为您服务，之前的对话已一并转交。",
        "您好，我是工程师",
    ]
    assert "由 " in visitor.page()


def test_a_talk_handed_to_a_department_waits_there(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    take_chat(company.call("agent"), chat.pk)
    hand_chat_over(company.call("agent"), chat.pk, department_id=company.departments["rnd"].pk)
    chat.refresh_from_db()
    assert (chat.state, chat.owner, chat.department) == ("waiting", None, company.departments["rnd"])
    assert waiting(company.actor("agent")) == []
    assert waiting(company.actor("rnd_head")) == [chat]
    with pytest.raises(Invalid):
        hand_chat_over(company.call("rnd_head"), chat.pk)


def test_a_case_of_a_talk_is_one_record_with_the_talk_as_its_words(
    company: Company, visitor: Visitor, customer: Customer
) -> None:
    chat = visitor.begin()
    answer(company.call("agent"), chat.pk, text="您好")
    for _twice in range(2):
        case = make_case(company.call("agent"), chat.pk, kind="repair", topic="product")
    assert Case.objects.count() == 1
    name = company.staff["agent"].name
    assert case.description == f"09:00 林悦: 冰箱不制冷了\n09:00 {name}: 您好"
    assert (case.channel, case.title, case.customer, case.source) == ("chat", "冰箱不制冷了", customer, "web_chat.chat")
    chat.refresh_from_db()
    assert (chat.state, chat.outcome, chat.case) == ("ended", "case", case)
    page = visitor.page()
    assert case.number in page
    assert f'href="http://127.0.0.1:8000/c/{case.links.get().token}/"' in page
    assert visitor.say("还有一点") == 422


def test_a_visitor_nobody_answers_in_time_is_owed_a_case(
    company: Company, visitor: Visitor, clock: MovableClock
) -> None:
    chat = visitor.begin()
    clock.advance(minutes=14, seconds=59)
    ChatPresence.objects.update(seen_at=clock.now)
    assert look_after_all() == 0
    clock.advance(seconds=1)
    assert [look_after_all(), look_after_all()] == [1, 0]
    chat.refresh_from_db()
    case = Case.objects.get()
    assert (chat.outcome, chat.case, case.channel, case.reporter_phone) == ("missed", case, "chat", "+8613800000042")
    assert case.number in visitor.page()
    assert Promise.objects.filter(kind="chat.answer").get().state == "cancelled"


def test_a_visitor_who_left_before_an_answer_is_owed_one_too(
    company: Company, visitor: Visitor, clock: MovableClock
) -> None:
    visitor.begin()
    clock.advance(minutes=5)
    assert look_after_all() == 1
    assert Chat.objects.get().outcome == "missed"


def test_a_visitor_who_keeps_the_page_open_has_not_left(
    company: Company, visitor: Visitor, clock: MovableClock
) -> None:
    visitor.begin()
    for _look in range(6):
        clock.advance(minutes=1)
        visitor.news()
    assert look_after_all() == 0


def test_a_silent_talk_ends_by_itself(company: Company, visitor: Visitor, clock: MovableClock) -> None:
    chat = visitor.begin()
    answer(company.call("agent"), chat.pk, text="您好")
    clock.advance(minutes=30)
    assert look_after_all() == 1
    chat.refresh_from_db()
    assert (chat.state, chat.outcome, Case.objects.count()) == ("ended", "answered", 0)
    assert visitor.news()["over"] is True


def test_a_talk_without_an_answer_is_not_ended(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    take_chat(company.call("agent"), chat.pk)
    with pytest.raises(Conflict):
        end_chat(company.call("agent"), chat.pk)
    answer(company.call("agent"), chat.pk, text="您好")
    end_chat(company.call("agent"), chat.pk)
    with pytest.raises(Conflict):
        answer(company.call("agent"), chat.pk, text="x")


def test_typing_is_seen_by_the_other_side_for_a_moment(
    company: Company, visitor: Visitor, clock: MovableClock, sign_in: Callable[[str], Client]
) -> None:
    chat = visitor.begin()
    agent = sign_in("agent")
    visitor.client.post(f"{visitor.address}typing/")
    assert agent.get(f"/chats/{chat.pk}/news/").json()["types"] is True
    assert visitor.news()["types"] is False
    clock.advance(seconds=6)
    assert agent.get(f"/chats/{chat.pk}/news/").json()["types"] is False
    changes = RowChange.objects.filter(shape__subject="web_chat_chatpresence").count()
    assert changes == 0, "typing is no history"


def test_talks_are_for_those_who_may_see_them(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    take_chat(company.call("agent"), chat.pk)
    with pytest.raises(Conflict):
        take_chat(company.call("agent2"), chat.pk)
    with pytest.raises(NotFound):
        take_chat(company.call("engineer"), chat.pk)
    for role in ("store_manager", "auditor"):
        with pytest.raises(Forbidden):
            take_chat(company.call(role), chat.pk)


def test_the_visitor_reads_nothing_of_the_file(company: Company, visitor: Visitor, customer: Customer) -> None:
    visitor.begin(name="王某")
    page = visitor.page()
    assert "林悦" not in page
    assert customer.number not in page


def test_every_line_is_history_that_cannot_be_rewritten(company: Company, visitor: Visitor) -> None:
    visitor.begin()
    assert RowChange.objects.filter(shape__subject="web_chat_chatline").count() == 1
