"""The three kinds of work that get killed, and what must be true when they are done."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.crash.scene import Scene

LINES = 20_000
STEPS = ("breach", "escalate", "warn")


@dataclass
class Import:
    """A file of purchase lines on its way in; the order numbers start with ``mark``."""

    scene: Scene
    path: Path
    mark: str
    run: int = 0

    def start(self) -> Import:
        """Writes the file, most orders in one piece and some torn apart, and has it imported."""
        with self.path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["订单号", "下单时间", "会员号", "商品编码", "商品名称", "数量", "单价"])
            for n in range(LINES):
                order = n // 3 if n % 97 else n % 500
                customer = f"{self.mark}{order % 1500}"
                writer.writerow(
                    [
                        f"{self.mark}-{order}",
                        "2026-03-02 10:00",
                        customer,
                        f"A{n % 40}",
                        f"杯{n % 40}",
                        n % 5 + 1,
                        "9.90",
                    ]
                )
        self.run = self.scene.do("start_import", str(self.path))
        return self

    def wait_for(self, rows: int) -> None:
        """Waits until this many rows are in, and not yet all."""
        done = "SELECT rows_done FROM imports_importrun WHERE id = %s AND rows_done >= %s"
        assert self.scene.until(done, self.run, rows) < LINES, "the file must still be on its way"

    def check(self) -> None:
        """Everything in the file is there once, by an independent count of the file."""
        self.scene.until("SELECT state = 'done' FROM imports_importrun WHERE id = %s", self.run, seconds=90)
        orders, customers = self._counted()
        assert self._found() == orders
        run = "SELECT state, rows_read, rows_done, new, changed, same, wrong FROM imports_importrun WHERE id = %s"
        assert self.scene.rows(run, self.run) == [("done", LINES, LINES, len(orders), 0, 0, 0)]
        numbers = "SELECT number FROM customers_externalnumber WHERE number LIKE %s ORDER BY number"
        assert [row[0] for row in self.scene.rows(numbers, f"{self.mark}%")] == sorted(customers)
        assert self.scene.one("SELECT count(*) FROM imports_importpiece WHERE run_id = %s", self.run) == 0

    def _counted(self) -> tuple[dict[str, tuple[int, Decimal]], set[str]]:
        lines: dict[str, int] = defaultdict(int)
        sums: dict[str, Decimal] = defaultdict(Decimal)
        customers = set()
        with self.path.open(newline="") as file:
            for row in csv.DictReader(file):
                lines[row["订单号"]] += 1
                sums[row["订单号"]] += int(row["数量"]) * Decimal(row["单价"])
                customers.add(row["会员号"])
        return {number: (lines[number], sums[number]) for number in lines}, customers

    def _found(self) -> dict[str, tuple[int, Decimal]]:
        query = """
            SELECT p.number, (SELECT count(*) FROM customers_purchaseline l WHERE l.purchase_id = p.id), p.amount
              FROM customers_purchase p WHERE p.number LIKE %s
        """
        found = self.scene.rows(query, f"{self.mark}-%")
        assert len({number for number, *_ in found}) == len(found)
        return {number: (lines, amount) for number, lines, amount in found}


@dataclass
class Drawing:
    """The plan of a week, drawn by the worker."""

    scene: Scene
    seed: int
    monday: str = ""
    job: int = 0

    def start(self) -> Drawing:
        self.monday = self.monday or self.scene.do("a_week_ahead")
        self.job = self.scene.do("draw", self.monday, str(self.seed))
        return self

    def check(self) -> int:
        """One draft stands, made by the job that was interrupted, and drawing anew chooses the same; returns it."""
        choices = self._drawn()[1]
        assert choices
        Drawing(self.scene, self.seed, self.monday).start()._check_same(choices)
        return self._drawn()[0]

    def publish_twice(self) -> None:
        """Each planned call is promised once."""
        assert self.scene.do("publish_twice", str(self.check())) == "published"
        planned = """
            SELECT v.id, (SELECT count(*) FROM promises_promise p WHERE p.kind = 'visit.call'
                           AND p.subject = 'visits.visit' AND p.subject_id = v.id AND p.state = 'open')
              FROM visits_visit v JOIN visits_weekplan w ON w.id = v.plan_id
             WHERE w.monday = %s AND w.state = 'published'
        """
        promised = self.scene.rows(planned, self.monday)
        assert promised
        assert {count for _, count in promised} == {1}

    def begin_publishing(self) -> Publishing:
        """The worker is asked to publish the draft that stands."""
        return Publishing(self.scene, self, self.scene.do("begin_publishing", self.monday, str(self._drawn()[0])))

    def _check_same(self, choices: list[Any]) -> None:
        assert self._drawn()[1] == choices

    def _drawn(self) -> tuple[int, list[Any]]:
        self.scene.until("SELECT status = 'succeeded' FROM procrastinate_jobs WHERE id = %s", self.job)
        drafts = self.scene.rows("SELECT id FROM visits_weekplan WHERE monday = %s AND state = 'draft'", self.monday)
        assert len(drafts) == 1
        query = """
            SELECT visit_id, chosen, code, agent_id, window_start, window_end, band, place FROM visits_planchoice
             WHERE plan_id = %s ORDER BY visit_id
        """
        return drafts[0][0], self.scene.rows(query, drafts[0][0])


@dataclass
class Publishing:
    """A drawn week on its way to those who make the visits."""

    scene: Scene
    week: Drawing
    work: int

    def check_nothing_is_seen(self) -> None:
        """What died under way left the draft a draft, no visit planned and no call promised."""
        plan = "SELECT state FROM visits_weekplan WHERE monday = %s"
        assert self.scene.rows(plan, self.week.monday) == [("draft",)]
        assert self.scene.one("SELECT count(*) FROM visits_visit WHERE planned_on >= %s", self.week.monday) == 0

    def check(self) -> None:
        """It is done by the worker that came after, once: each chosen visit planned, each call promised once."""
        self.scene.until("SELECT state = 'done' FROM visits_planwork WHERE id = %s", self.work)
        query = """
            SELECT c.visit_id, v.state, v.agent_id = c.agent_id AND v.window_end = c.window_end,
                   (SELECT count(*) FROM promises_promise p WHERE p.kind = 'visit.call'
                     AND p.subject = 'visits.visit' AND p.subject_id = v.id)
              FROM visits_planchoice c
              JOIN visits_weekplan w ON w.id = c.plan_id
              JOIN visits_visit v ON v.id = c.visit_id
             WHERE w.monday = %s AND w.state = 'published' AND c.chosen ORDER BY c.visit_id
        """
        found = self.scene.rows(query, self.week.monday)
        assert found
        assert {row[1:] for row in found} == {("planned", True, 1)}


@dataclass
class Sweep:
    """Promises whose warning, breach and climb are all due at once."""

    scene: Scene
    title: str
    count: int
    told: dict[str, int] | None = None
    since: int = 0
    director_since: int = 0

    def start(self) -> Sweep:
        self.since = self.scene.one("SELECT coalesce(max(id), 0) FROM channels_staffnotice")
        self.told = self.scene.do("owe", self.title, str(self.count))
        return self

    @property
    def subject(self) -> str:
        return f"tests.{self.title.lower()}"

    def wait_for(self, steps: int) -> None:
        """Waits until this many steps are taken, and not yet all."""
        query = """
            SELECT count(*) FROM promises_promisestep s JOIN promises_promise p ON p.id = s.promise_id
             WHERE p.subject = %s HAVING count(*) >= %s
        """
        assert self.scene.until(query, self.subject, steps) < 3 * self.count, "the sweep must still be under way"

    def check(self) -> None:
        """Every promise took each step once and broke when it was due; everybody heard of each step once."""
        self.scene.until(
            "SELECT count(*) = 0 FROM promises_promise WHERE subject = %s AND next_at IS NOT NULL", self.subject
        )
        taken = """
            SELECT p.subject_id, array_agg(s.step ORDER BY s.step), bool_and(p.step = 3),
                   bool_and(p.broken_at = p.due_at)
              FROM promises_promise p LEFT JOIN promises_promisestep s ON s.promise_id = p.id
             WHERE p.subject = %s GROUP BY p.subject_id ORDER BY p.subject_id
        """
        expected = [(n, list(STEPS), True, True) for n in range(self.count)]
        assert self.scene.rows(taken, self.subject) == expected
        self._check_notices()

    def _check_notices(self) -> None:
        """Notices that count many are worth their count; the director hears only of climbs."""
        assert self.told is not None
        heard = """
            SELECT staff_id, sum(coalesce((params ->> 'count')::int, 1))::int FROM channels_staffnotice
             WHERE id > %s AND staff_id = ANY(%s) AND (params ? 'count' OR params ->> 'title' LIKE %s) GROUP BY staff_id
        """
        people = list(self.told.values())
        worth = dict(self.scene.rows(heard, self.since, people, f"{self.title} %"))
        assert worth == {
            self.told["many"]: 3 * (self.count - 1),
            self.told["one"]: 3,
            self.told["head"]: 2 * self.count,
            self.told["director"]: self.count,
        }
        texts = "SELECT split_part(text, ':', 1) FROM channels_staffnotice WHERE staff_id = %s ORDER BY id"
        steps = [row[0] for row in self.scene.rows(texts, self.told["one"])]
        assert steps == ["Due soon", "Late", "Still late, please step in"]
