"""Questionnaires are written as drafts and published as versions that never change (QST-1, DIG-6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.edit_draft import put_draft, save_question
from huiyin.questionnaires.actions.make_draft import make_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import Answer, Asking, Question, Questionnaire
from huiyin.questionnaires.queries.forms import draft_of, form_of, one_version
from huiyin.questionnaires.queries.questionnaires import newest
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.form import Form, FormQuestion, form_as_data
from tests.api.conftest import Caller, caller
from tests.conftest import Company
from tests.questionnaires.conftest import asked

__all__ = ["caller"]

LOW = FormQuestion(
    "which", "text", "具体是哪一点？", "Which point?", required=True, only_if=Condition("overall", at_most=2)
)


def branched(company: Company) -> Questionnaire:
    """Version 2 of the quick form, with a required question that is asked after a low score only."""
    call = company.call("director")
    make_draft(call, "quick", 1)
    save_question(call, "quick", LOW)
    return publish_draft(call, "quick")


def test_a_draft_says_what_its_version_says_and_is_not_asked(shipped: Company) -> None:
    draft = make_draft(shipped.call("director"), "quick", 1)
    assert (draft.version, draft.state, form_of(draft)) == (2, "draft", form_of(one_version("quick", 1)))
    assert newest("quick").version == 1


def test_a_published_draft_is_asked_from_then_on_with_its_date(shipped: Company) -> None:
    under_way = asked(shipped, form="quick")
    version = branched(shipped)
    assert (version.version, version.published_at) == (2, shipped.call("agent").now)
    assert newest("quick").version == 2
    assert Asking.objects.get(pk=under_way.pk).questionnaire.version == 1
    done = answer_asking(shipped.call("agent"), under_way.pk, answers={"overall": 1, "recommend": 3})
    assert done.state == "complete"  # the new required question is none of its own


def test_a_published_version_never_changes_not_even_in_the_database(shipped: Company) -> None:
    row = branched(shipped)
    for change in (
        lambda: Question.objects.filter(questionnaire=row).update(text_zh="改了"),
        lambda: Question.objects.filter(questionnaire=row).delete(),
        lambda: Question.objects.create(questionnaire=row, order=9, code="x", kind="text", text_zh="x"),
        lambda: Questionnaire.objects.filter(pk=row.pk).update(title_zh="改了"),
        lambda: Questionnaire.objects.filter(pk=row.pk).update(published_at=None),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()
    with pytest.raises(Conflict):
        save_question(shipped.call("director"), "quick", replace(LOW, code="again"))


def test_publishing_the_same_again_or_a_contradiction_is_refused(shipped: Company) -> None:
    call = shipped.call("director")
    make_draft(call, "quick", 1)
    with pytest.raises(Invalid, match="Nothing has changed"):
        publish_draft(call, "quick")
    save_question(call, "quick", replace(LOW, only_if=Condition("nowhere", at_most=1)))
    with pytest.raises(Invalid) as refused:
        publish_draft(call, "quick")
    assert list(refused.value.fields) == ["which"]
    assert newest("quick").version == 1


def test_only_one_draft_at_a_time(shipped: Company) -> None:
    make_draft(shipped.call("director"), "quick", 1)
    with pytest.raises(Conflict):
        make_draft(shipped.call("service_manager"), "quick", 1)


@pytest.mark.parametrize("role", ["agent", "auditor", "engineer"])
def test_others_may_not_write(shipped: Company, role: str) -> None:
    with pytest.raises(Forbidden):
        make_draft(shipped.call(role), "quick", 1)
    assert Questionnaire.objects.filter(state="draft").count() == 0


def test_renaming_a_question_takes_its_conditions_along(shipped: Company) -> None:
    call = shipped.call("director")
    make_draft(call, "quick", 1)
    save_question(call, "quick", LOW)
    first = form_of(draft_of("quick")).questions[0]
    save_question(call, "quick", replace(first, code="general"), instead_of="overall")
    renamed = form_of(draft_of("quick")).question("which")
    assert renamed is not None
    assert renamed.only_if == Condition("general", at_most=2)


def test_a_hidden_question_is_neither_required_nor_kept(shipped: Company) -> None:
    branched(shipped)
    asking, call = asked(shipped, form="quick"), shipped.call("agent")
    with pytest.raises(Invalid) as refused:
        answer_asking(call, asking.pk, answers={"overall": 2, "recommend": 5})
    assert list(refused.value.fields) == ["which"]
    answer_asking(call, asking.pk, answers={"overall": 2, "which": "太慢"}, partial=True)
    answer_asking(call, asking.pk, answers={"overall": 5, "recommend": 9, "which": "太慢"})
    present = {one.question.code: one.shown for one in Answer.objects.filter(asking=asking, current=True)}
    assert present == {"overall": 5, "recommend": 9, "which": ""}


def test_a_file_goes_out_and_comes_in_unchanged(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    branched(shipped)
    browser = sign_in("director")
    raw = browser.get("/questionnaires/quick/2/file/")
    assert raw["Content-Disposition"] == 'attachment; filename="quick-v2.json"'
    data = json.loads(raw.content)
    data["code"] = "quick_copy"
    file = SimpleUploadedFile("x.json", json.dumps(data).encode())
    answer = browser.post("/questionnaires/add/file/", {"file": file})
    assert (answer.status_code, answer["Location"]) == (302, "/questionnaires/quick_copy/draft/")
    copied = replace(form_of(draft_of("quick_copy")), code="quick")
    assert copied == form_of(one_version("quick", 2))


def test_a_file_never_overwrites_a_draft(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    draft = make_draft(shipped.call("director"), "quick", 1)
    raw = json.dumps(form_as_data(Form("quick", "别的"))).encode()
    answer = sign_in("director").post("/questionnaires/add/file/", {"file": SimpleUploadedFile("x.json", raw)})
    assert answer.status_code == 422
    assert form_of(draft_of("quick")) == form_of(draft)


def test_a_questionnaire_is_built_on_the_pages(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    browser = sign_in("service_manager")
    begun = browser.post("/questionnaires/add/new/", {"code": "repair", "title_zh": "维修回访"})
    assert begun["Location"] == "/questionnaires/repair/draft/"
    score = {"code": "overall", "kind": "scale5", "text_zh": "满意吗？", "dimension": "overall", "required": "on"}
    assert browser.post("/questionnaires/repair/draft/question/", score).status_code == 302
    options = "slow | 太慢 | Too slow\nrude | 态度差"
    low = {"code": "why", "kind": "choice", "text_zh": "为什么？", "options": options}
    unsaid = browser.post("/questionnaires/repair/draft/question/", {**low, "depends_on": "overall"})
    assert unsaid.status_code == 422
    assert "态度差" in unsaid.content.decode()  # nothing typed is lost
    browser.post("/questionnaires/repair/draft/question/", {**low, "depends_on": "overall", "at_most": "2"})
    change = "/questionnaires/repair/draft/change/"
    browser.post(change, {"verb": "up", "question": "why"})
    page = browser.get("/questionnaires/repair/draft/").content.decode()
    assert "why 的条件题 overall 排在它后面。" in page
    assert browser.post(change, {"verb": "publish"})["Location"] == "/questionnaires/repair/draft/"
    browser.post(change, {"verb": "down", "question": "why"})
    assert browser.post(change, {"verb": "publish"})["Location"] == "/questionnaires/repair/"
    made = newest("repair")
    assert [one.only_if for one in made.questions.all()] == [None, {"question": "overall", "at_most": 2}]
    for path in ("", "1/as-agent/", "1/as-customer/"):
        assert browser.get(f"/questionnaires/repair/{path}").status_code == 200


def test_the_customers_page_carries_the_condition(shipped: Company, client: Client) -> None:
    branched(shipped)
    page = client.get(f"/q/{asked(shipped, form='quick').token}/").content.decode()
    assert "data-if='" in page or "&quot;at_most&quot;: 2" in page
    answer = client.post(f"/q/{asked(shipped, form='quick').token}/", {"overall": "5", "recommend": "9"})
    assert answer.status_code == 302


def test_a_program_writes_and_publishes(shipped: Company, caller: Callable[..., Caller]) -> None:
    api = caller("director")
    read = api("GET", "/questionnaires/quick/versions/1").json()
    put = api("PUT", "/questionnaires/quick/draft", {**read, "title_zh": "新的一分钟评价"})
    assert (put.status_code, put.json()["title_zh"]) == (200, "新的一分钟评价")
    assert api("POST", "/questionnaires/quick/publish").json()["version"] == 2
    states = [(one["version"], one["state"]) for one in api("GET", "/questionnaires/quick/versions").json()]
    assert states == [(2, "published"), (1, "published")]
    assert api("POST", "/questionnaires/quick/publish").status_code == 409
    wrong = api("PUT", "/questionnaires/quick/draft", {**read, "questions": [{"code": "q"}]})
    assert (wrong.status_code, sorted(wrong.json()["fields"])) == (422, ["questions.1.kind", "questions.1.text_zh"])


def test_writing_the_same_draft_again_changes_nothing(shipped: Company) -> None:
    put_draft(shipped.call("director"), form_of(one_version("quick", 1)))
    put_draft(shipped.call("director"), form_of(one_version("quick", 1)))
    assert Questionnaire.objects.filter(code="quick", state="draft").count() == 1
