"""Everything the organisation's pages do, over the API; a repeat is answered as the first time."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.organisation.public import ApiToken, Store
from tests.api.conftest import Caller
from tests.conftest import Company


def test_a_store_is_made_once_however_often_it_is_asked(caller: Callable[..., Caller]) -> None:
    ask, body = caller("administrator"), {"code": "S07", "name": "江北店"}
    first = ask("POST", "/organisation/stores", body, **{"Idempotency-Key": "k1"})
    again = ask("POST", "/organisation/stores", body, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Store.objects.filter(code="S07").count() == 1
    twice = ask("POST", "/organisation/stores", body)
    assert (twice.status_code, twice.json()["fields"]) == (422, {"code": "This code is taken."})


def test_wrong_values_are_named_by_field(caller: Callable[..., Caller]) -> None:
    answer = caller("administrator")("POST", "/organisation/stores", {"code": "", "size": "huge"})
    assert (answer.status_code, sorted(answer.json()["fields"])) == (422, ["code", "name", "size"])


def test_broken_json_and_unknown_rows(caller: Callable[..., Caller], company: Company) -> None:
    ask = caller("administrator")
    assert ask("PUT", "/organisation/stores/0", {"code": "a", "name": "b"}).status_code == 404
    nul = ask("POST", "/organisation/stores", {"code": "a\x00", "name": "b"})
    assert (nul.status_code, nul.json()["detail"]) == (422, "A text holds a NUL character.")
    nobody = {"code": "Q", "name": "b", "manager_id": 0}
    assert ask("POST", "/organisation/stores", nobody).status_code == 422


def test_people_are_made_changed_and_let_go(caller: Callable[..., Caller], company: Company) -> None:
    ask = caller("administrator")
    made = ask("POST", "/organisation/people", {"username": "n1", "name": "新人", "roles": ["agent"]}).json()
    changed = ask("PUT", f"/organisation/people/{made['id']}", {**made, "name": "李四"}).json()
    assert (made["name"], changed["name"]) == ("新人", "李四")
    days = {"first_day": "2026-10-08", "last_day": "2026-10-09"}
    assert ask("POST", f"/organisation/people/{made['id']}/leave", days).status_code == 201
    gone = ask("POST", f"/organisation/people/{made['id']}/deactivate", {})
    assert (gone.status_code, gone.json()["is_active"]) == (200, False)


def test_a_tokens_secret_is_told_once(caller: Callable[..., Caller], company: Company) -> None:
    ask, body = caller("administrator"), {"staff_id": company.staff["auditor"].pk, "name": "BI"}
    first = ask("POST", "/organisation/tokens", body, **{"Idempotency-Key": "k1"}).json()
    again = ask("POST", "/organisation/tokens", body, **{"Idempotency-Key": "k1"}).json()
    assert (first["secret"][:3], again["secret"]) == ("hy_", "")
    token = ApiToken.objects.get(name="BI")
    assert ask("POST", f"/organisation/tokens/{token.pk}/revoke").json()["revoked_at"] is not None
    assert Caller(first["secret"])("GET", "/organisation/me").status_code == 401


def test_people_are_listed_as_far_as_one_sees(caller: Callable[..., Caller], company: Company) -> None:
    names = [one["name"] for one in caller("agent")("GET", "/organisation/people").json()["items"]]
    assert names == ["agent"]
    assert len(caller("auditor")("GET", "/organisation/people").json()["items"]) == 12
