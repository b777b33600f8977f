"""What every test may ask for: a movable clock, a small company, a signed-in browser client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from procrastinate.contrib.django import app
from pytest_django import Settings

from huiyin.foundation import clock as real_clock
from huiyin.kernel.actor import Actor
from huiyin.kernel.call import Call
from huiyin.organisation.public import Department, Role, Staff, Store, actor_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
drawing.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("steady")  # how fast a busy machine draws examples says nothing about the product
MONDAY = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)


class MovableClock:
    """The clock of the whole process, held still until a test moves it."""

    def set(self, moment: datetime | str) -> datetime:
        """Moves to a moment; a text without offset is Shanghai time."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=SHANGHAI)
        real_clock.set_clock(moment)
        return moment

    def advance(self, **by: float) -> datetime:
        """Moves forward by a timedelta given in its words (hours=2)."""
        return self.set(real_clock.now() + timedelta(**by))

    @property
    def now(self) -> datetime:
        """The moment the clock shows."""
        return real_clock.now()


@pytest.fixture
def clock() -> Iterator[MovableClock]:
    """A clock that stands at Monday 2026-09-28 09:00 in Shanghai until it is moved."""
    movable = MovableClock()
    movable.set(MONDAY)
    yield movable
    real_clock.set_clock(None)


@dataclass
class Company:
    """A small company: four departments, a large and a small store, one person per role and a second agent."""

    departments: dict[str, Department] = field(default_factory=dict)
    stores: dict[str, Store] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """The actor of a person by key (a role's code, ``agent2``, ``rnd_head`` …)."""
        return actor_of(self.staff[who])

    def call(self, who: str, once: str | None = None) -> Call:
        """A call by this person now."""
        return Call(actor=self.actor(who), now=real_clock.now(), once=once)


PEOPLE = [
    ("director", [Role.DIRECTOR], None, None),
    ("service_manager", [Role.SERVICE_MANAGER], "service", None),
    ("agent", [Role.AGENT], "service", None),
    ("agent2", [Role.AGENT], "service", None),
    ("quality", [Role.QUALITY], "service", None),
    ("rnd_head", [Role.DEPARTMENT_MANAGER], "rnd", None),
    ("operations_head", [Role.DEPARTMENT_MANAGER], "operations", None),
    ("technical_head", [Role.DEPARTMENT_MANAGER], "technical", None),
    ("engineer", [Role.ENGINEER], "technical", None),
    ("store_manager", [Role.STORE_MANAGER], None, "S01"),
    ("administrator", [Role.ADMINISTRATOR], None, None),
    ("auditor", [Role.AUDITOR], None, None),
]


@cache
def password_hash() -> str:
    """Everybody's password is ``correct horse battery``; hashing it once is enough."""
    return make_password("correct horse battery")


@pytest.fixture
def company(db: None, clock: MovableClock) -> Company:
    """The small company, with the heads of its departments and stores."""
    made = Company()
    for code, name in (("service", "客户服务部"), ("rnd", "研发部"), ("operations", "运营部"), ("technical", "技术部")):
        made.departments[code] = Department.objects.create(code=code, name=name)
    for code, name, size in (("S01", "人民路店", "large"), ("S02", "滨江店", "small")):
        made.stores[code] = Store.objects.create(code=code, name=name, size=size)
    for number, (key, roles, department, store) in enumerate(PEOPLE):
        made.staff[key] = Staff.objects.create(
            username=f"t{number:03}",
            password=password_hash(),
            name=key,
            email=f"{key}@company.example",
            roles=[str(role) for role in roles],
            department=made.departments.get(department or ""),
            store=made.stores.get(store or ""),
        )
    heads = {
        "service": "service_manager",
        "rnd": "rnd_head",
        "operations": "operations_head",
        "technical": "technical_head",
    }
    for code, head in heads.items():
        made.departments[code].head = made.staff[head]
        made.departments[code].save()
    made.stores["S01"].manager = made.staff["store_manager"]
    made.stores["S01"].save()
    return made


@pytest.fixture
def sign_in(company: Company) -> Callable[[str], Client]:
    """Gives a client signed in as a person of the small company."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(company.staff[who])
        return client

    return signed_in


@pytest.fixture(autouse=True)
def company_language() -> Iterator[None]:
    """Every test begins in the company's language, whatever the visitor of the test before it read."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def plain_static(settings: Settings) -> None:
    """Pages name static files as they lie in the sources; the manifest exists only after ``collectstatic``."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def work() -> Callable[[], None]:
    """Runs a real worker until its queue is empty; the test must commit (``transactional_db``).

    It has a thread of its own, because a browser of another test may have left its event loop running in this one.
    """

    async def until_empty() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    def begin() -> None:
        try:
            asyncio.run(until_empty())
        finally:
            connections.close_all()

    def run() -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(begin).result(timeout=60)

    return run
