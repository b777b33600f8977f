"""Many cases given another level, owner and department in one go and taken back, beside a bare UPDATE of them."""

import time
from typing import Any

from bench.opened import open_again, take_back
from bench.registry import Figures, When, measures
from bench.scene import Scene

WHERE = " WHERE returns_to = 'bench'"
BARE = {
    "level": "UPDATE bench_case SET level = 'important', level_rank = 2, level_reason = 'bench', level_at = now()",
    "owner": "UPDATE bench_case SET owner_id = 1",
    "department": "UPDATE bench_case SET department_id = 1, owner_id = NULL",
}


@measures("bulk_change", "Many cases changed in one go, and taken back", When.ALONE, order=22)
def bulk_change(scene: Scene) -> Figures:
    """The product's own work, slice by slice: guards, clocks, history, and what is kept to take it back."""
    open_again(scene, scene.options.bulk)
    bare, ids = _bare(scene), scene.column("SELECT id FROM cases_case WHERE returns_to = 'bench' ORDER BY id")
    figures: Figures = {"cases": len(ids), "bare_update_per_second": {n: round(len(ids) / s) for n, s in bare.items()}}
    changes = _changes()
    levelled = _chosen(ids, changes["level"])
    figures["level"] = _told(_done(levelled), bare["level"] / len(ids)) | _undone(levelled)
    passed = _chosen(ids, changes["department"])
    figures["department"] = _told(_done(passed), bare["department"] / len(ids))
    owned = _chosen(ids, changes["owner"])  # all of them are in the person's department now
    figures["owner"] = _told(_done(owned), bare["owner"] / len(ids)) | _undone(owned)
    figures["department"] |= _undone(passed)
    take_back(scene)
    return figures


def _told(done: tuple[int, float], bare: float) -> Figures:
    """``bare``: seconds of the bare UPDATE a case."""
    changed, seconds = done
    each = seconds / max(1, changed)
    return {"changed": changed, "per_second": round(1 / each), "times_bare": round(each / bare, 1)}


def _bare(scene: Scene) -> dict[str, float]:
    """Seconds for the same rows of a copy with the same indexes and without triggers."""
    seconds = {}
    with scene.owner() as database:
        for name, statement in BARE.items():
            database.execute("DROP TABLE IF EXISTS bench_case")
            database.execute("CREATE TABLE bench_case (LIKE cases_case INCLUDING ALL)")
            database.execute("INSERT INTO bench_case SELECT * FROM cases_case" + WHERE)
            database.execute("ANALYZE bench_case, cases_case, promises_promise")
            began = time.perf_counter()
            database.execute(statement + WHERE)
            seconds[name] = time.perf_counter() - began
        database.execute("DROP TABLE bench_case")
    return seconds


def _changes() -> dict[str, dict[str, Any]]:
    """Another level, the first department, and a person of it."""
    from huiyin.organisation.public import Department, Staff

    first = Department.objects.order_by("pk")[0]
    person = Staff.objects.filter(department=first, is_active=True).order_by("pk")[0]
    return {
        "level": {"do": "triage", "level": "important", "reason": "bench"},
        "owner": {"do": "assign", "staff_id": person.pk},
        "department": {"do": "route", "department_id": first.pk},
    }


def _call() -> Any:
    """As the director, who sees everything."""
    from huiyin.foundation.clock import now
    from huiyin.kernel.call import Call
    from huiyin.organisation.public import Staff, actor_of

    return Call(actor_of(Staff.objects.get(username="1001")), now())


def _chosen(ids: list[int], change: dict[str, Any]) -> int:
    from huiyin.cases.actions.bulk import choose_cases, confirm_bulk, describe_bulk

    work = choose_cases(_call(), ids=ids)
    describe_bulk(_call(), work.pk, changes=[change])
    return confirm_bulk(_call(), work.pk, typed=len(ids)).pk


def _undone(work: int) -> Figures:
    from huiyin.cases.actions.bulk import undo_bulk

    changed, seconds = _done(undo_bulk(_call(), work).pk)
    return {"undone": changed, "undone_per_second": round(changed / seconds)}


def _done(work: int) -> tuple[int, float]:
    """How many cases the work changed, and the seconds it took."""
    from huiyin.cases.actions.do_bulk import do_bulk
    from huiyin.cases.models import BulkItem
    from huiyin.foundation.calls import system_call

    began = time.perf_counter()
    do_bulk(system_call, work)
    seconds = time.perf_counter() - began
    return BulkItem.objects.filter(work_id=work, state="done").count(), seconds
