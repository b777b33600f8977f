"""``huiyin start``: everything runs, comes back when it dies, and ends together."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiyin.config.embedded.places import Places
from tests.config.product import Product
from tests.config.waiting import is_alive, until

pytestmark = pytest.mark.crash


@pytest.fixture
def product(tmp_path: Path, migrated: Path) -> Iterator[Product]:
    """A product in a folder whose name has a space, not started yet."""
    product = Product(tmp_path / "data folder" / "回音")
    shutil.copytree(migrated, product.home)
    yield product
    product.kill_everything()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A running product, started on nothing, for tests that leave it as it was."""
    product = Product(tmp_path_factory.mktemp("running") / "home")
    product.start()
    yield product
    product.stop()
    product.kill_everything()


def database(product: Product) -> psycopg.Connection:
    folder = Places(product.home).socket_folder
    return psycopg.connect(host=str(folder), dbname="huiyin", user="huiyin_owner", autocommit=True)


def test_all_parts_are_ready_and_the_address_is_printed(running: Product):
    with urllib.request.urlopen(f"{running.address}healthz") as answer:
        assert answer.status == 200
        assert json.load(answer) == {"web": "ready", "database": "ready", "worker": "ready"}
    until(lambda: f"ready: {running.address}" in running.output(), "the address is printed")


def test_status_tells_where_it_runs(running: Product):
    told = running.status()
    assert told["running"] is True
    assert told["address"] == running.address
    assert told["pid"] == running.process.pid
    assert (told["web"], told["database"], told["worker"]) == ("ready", "ready", "ready")


def test_a_second_start_on_the_same_folder_is_refused_and_harms_nothing(running: Product):
    other = Product(running.home)
    refused = other.command("start")
    assert refused.returncode == 2
    assert refused.stderr.strip() == f"Huiyin already runs on the data folder {running.home} at {running.address}."
    assert running.health().ready


TAKEN = {
    "en_US.UTF-8": "Port {port} is taken by another program. Choose another one, for example PORT=8001.",
    "zh_CN.UTF-8": "端口 {port} 已被其他程序占用。请换一个，例如 PORT=8001。",
}


@pytest.mark.parametrize("language", TAKEN)
def test_a_taken_port_is_named_and_another_one_proposed(product: Product, language: str):
    product.more = {"LANG": language}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", product.port))
        taken.listen()
        refused = product.command("start")
    assert (refused.returncode, refused.stderr.strip()) == (2, TAKEN[language].format(port=product.port))
    assert product.family() == {}


def test_a_command_uses_the_running_server(running: Product):
    before = running.database_pid
    done = running.command("verify", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"findings": []})
    assert running.database_pid == before
    assert running.health().ready


def test_the_application_works_as_the_role_that_does_not_own_the_tables(running: Product):
    query = "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'huiyin' AND pid <> pg_backend_pid()"
    with database(running) as connection:
        assert connection.execute(query).fetchall() == [("huiyin_app",)]


def test_the_worker_may_do_its_housekeeping(running: Product):
    query = "SELECT status FROM procrastinate_jobs WHERE task_name = 'huiyin.foundation.tasks.seal' ORDER BY id LIMIT 1"

    def first_seal() -> str | None:
        with database(running) as connection:
            found = connection.execute(query).fetchone()
        return found[0] if found and found[0] in ("succeeded", "failed") else None

    assert until(first_seal, "the journal has been sealed once", 90) == "succeeded"


@pytest.mark.parametrize("part", ["huiyin worker", "granian"])
def test_a_killed_part_is_started_again(running: Product, part: str):
    before = running.pids_of(part)  # with the children, which go only after it
    old = min(before)
    os.kill(old, signal.SIGKILL)
    until(lambda: not is_alive(old), "it is dead")
    until(lambda: running.pids_of(part) - before, "it is back")
    running.wait_until_ready()


def test_a_killed_web_process_is_replaced(running: Product):
    def web_processes() -> set[int]:
        return running.pids_of("granian") - {master}

    master = running.pid_of("granian")
    before = until(lambda: pids if len(pids := web_processes()) == 2 else None, "both web processes run")
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(web_processes() - before) == 1, "a new web process")
    assert master in running.family()
    running.wait_until_ready()


def test_a_killed_database_comes_back_with_everything_committed(running: Product):
    with database(running) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    old = running.database_pid
    os.kill(old, signal.SIGKILL)
    until(lambda: running.database_pid not in (None, old), "a new server")
    running.wait_until_ready()
    with database(running) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP])
def test_it_stops_in_order_and_leaves_no_process(product: Product, how: signal.Signals):
    product.start()
    assert len(product.family()) >= 6
    assert product.stop(how) == 0
    assert product.family() == {}
    assert "database system is shut down" in Places(product.home).log.read_text().splitlines()[-1]
    assert product.status()["running"] is False


def test_stop_from_another_terminal_waits_until_it_has_stopped(product: Product):
    product.start()
    done = product.command("stop", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"stopped": True})
    assert product.process.wait(5) == 0
    assert product.family() == {}
    again = product.command("stop", "--json")
    assert (again.returncode, json.loads(again.stdout)) == (0, {"stopped": False})


def test_kill_9_of_the_supervisor_and_then_of_everything_is_survived(product: Product):
    product.start()
    with database(product) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    product.process.kill()
    product.process.wait()
    until(lambda: product.family() == {}, "the supervisor took every child with it")
    product.start()
    product.kill_everything()
    until(lambda: product.family() == {}, "nothing runs")
    product.start()
    with database(product) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
    assert product.stop() == 0


def test_with_database_url_no_server_of_our_own_runs(running: Product, product: Product):
    host = Places(running.home).socket_folder
    product.more = {
        "DATABASE_URL": f"postgresql://huiyin_app@/huiyin?host={host}",
        "DATABASE_OWNER_URL": f"postgresql://huiyin_owner@/huiyin?host={host}",
    }
    product.start()
    assert not any("pginstall" in line for line in product.family().values())
    assert not (Places(product.home).data / "postmaster.pid").exists()
    assert product.stop() == 0
    assert running.health().ready
