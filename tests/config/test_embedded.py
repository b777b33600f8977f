"""The embedded server: starts anywhere, keeps what was committed, leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

import huiyin
from huiyin.config.embedded.binaries import program
from huiyin.config.embedded.identity import identity
from huiyin.config.embedded.leftovers import server_pid
from huiyin.config.embedded.options import TESTS
from huiyin.config.embedded.places import LONGEST_SOCKET, Places
from huiyin.config.embedded.roles import APPLICATION, OWNER
from huiyin.config.embedded.server import EmbeddedServer
from huiyin.config.embedded.use import server_at_hand
from huiyin.config.locks import FileLock
from huiyin.config.problems import CannotStart
from tests.config.waiting import is_alive, until

SOURCE = str(Path(huiyin.__file__).parent.parent)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path / "home", TESTS)
    yield server
    server.stop()


def connect(home: Path, user: str = OWNER) -> psycopg.Connection:
    return psycopg.connect(
        host=str(Places(home).socket_folder), dbname="huiyin", user=user, autocommit=True, connect_timeout=5
    )


def ask(home: Path, query: str, user: str = OWNER) -> list[tuple]:
    with connect(home, user) as connection:
        answer = connection.execute(query)
        return answer.fetchall() if answer.description else []


def test_a_new_folder_gets_a_utf8_database_with_checksums_and_two_roles(server: EmbeddedServer):
    server.start()
    home = server.places.home
    assert ask(home, "SELECT current_setting('server_encoding'), current_setting('data_checksums')") == [("UTF8", "on")]
    assert ask(home, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'huiyin'") == [("b", "C.UTF-8")]
    assert ask(home, "SELECT current_user, current_setting('is_superuser')", OWNER) == [(OWNER, "off")]
    assert ask(home, "SELECT current_user, current_setting('is_superuser')", APPLICATION) == [(APPLICATION, "off")]


def test_the_application_can_neither_make_nor_change_tables(server: EmbeddedServer):
    server.start()
    home = server.places.home
    ask(home, "CREATE TABLE history (line text)")
    for forbidden in ("CREATE TABLE mine (a int)", "DROP TABLE history", "ALTER TABLE history ADD a int"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(home, forbidden, APPLICATION)


def test_chinese_trigrams_are_found(server: EmbeddedServer):
    server.start()
    home = server.places.home
    ask(home, "CREATE EXTENSION pg_trgm")
    assert ask(home, "SELECT similarity('回访工单', '回访工单') = 1, '服务回访' LIKE '%回访%'") == [(True, True)]
    assert ask(home, "SELECT cardinality(show_trgm('回访')) > 0") == [(True,)]


def test_nobody_else_can_reach_the_server(server: EmbeddedServer):
    server.start()
    places = server.places
    assert ask(places.home, "SHOW listen_addresses") == [("",)]
    assert places.folder.stat().st_mode & 0o777 == 0o700
    assert places.socket_folder.stat().st_mode & 0o777 == 0o700
    assert places.data.stat().st_mode & 0o777 == 0o700


def test_what_was_committed_survives_a_stop(server: EmbeddedServer):
    server.start()
    home = server.places.home
    ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
    server.stop()
    server.start()
    assert ask(home, "SELECT n FROM kept") == [(7,)]


@pytest.mark.crash
def test_what_was_committed_survives_kill_9_of_the_server(tmp_path: Path):
    server = EmbeddedServer(tmp_path / "home")  # with fsync, as in production
    server.start()
    home = server.places.home
    ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
    assert server.child is not None
    os.kill(server.child.pid, signal.SIGKILL)
    server.child.wait()
    try:
        server.start()
        assert ask(home, "SELECT n FROM kept") == [(7,)]
    finally:
        server.stop()


HOLDER = """
    import sys, time
    from pathlib import Path
    from huiyin.config.embedded.use import server_at_hand
    with server_at_hand(Path(sys.argv[1])):
        print("ready", flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a process that uses the server until its input ends."""
    started: list[subprocess.Popen[str]] = []

    def start(home: Path, *before: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*before, sys.executable, "-c", textwrap.dedent(HOLDER), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": SOURCE},
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(120) in (0, -signal.SIGKILL)


@pytest.mark.crash
def test_a_killed_starter_leaves_no_server_behind_and_the_next_start_works(tmp_path: Path, holder: Callable):
    home = tmp_path / "home"
    process = holder(home)
    pid = server_pid(Places(home))
    assert pid is not None
    process.kill()
    until(lambda: not is_alive(pid), "the server has ended")
    with server_at_hand(home) as started:
        assert started
        assert ask(home, "SELECT 1") == [(1,)]


@pytest.mark.crash
def test_kill_9_of_starter_and_server_at_once_is_survived(tmp_path: Path, holder: Callable):
    home = tmp_path / "home"
    process = holder(home)
    ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
    pid = server_pid(Places(home))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    process.kill()
    with server_at_hand(home):
        assert ask(home, "SELECT n FROM kept") == [(7,)]


def test_two_commands_share_one_server_and_the_starter_leaves_last(tmp_path: Path, holder: Callable):
    home = tmp_path / "home"
    first = holder(home)
    pid = server_pid(Places(home))
    second = holder(home)
    assert server_pid(Places(home)) == pid
    first.stdin.close()  # wants to leave, and waits for the second
    assert ask(home, "SELECT 1") == [(1,)]
    assert first.poll() is None
    second.stdin.close()
    assert second.wait(30) == 0
    assert first.wait(30) == 0
    assert pid is not None
    assert not is_alive(pid)


def test_a_half_made_folder_is_made_again(server: EmbeddedServer):
    draft = server.places.folder / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    server.start()
    assert ask(server.places.home, "SELECT 1") == [(1,)]
    assert not draft.exists()


def test_another_major_version_is_refused_and_left_alone(server: EmbeddedServer):
    server.start()
    server.stop()
    version = server.places.data / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(CannotStart) as refused:
        server.start()
    assert "made by PostgreSQL 17; this Huiyin brings 18" in str(refused.value)
    assert version.read_text() == "17\n"


def test_a_stale_pid_file_of_a_living_stranger_does_not_stop_the_start(server: EmbeddedServer):
    server.start()
    server.stop()
    (server.places.data / "postmaster.pid").write_text(f"{os.getppid()}\n{server.places.data}\n1\n5432\n\n\n")
    server.start()
    assert ask(server.places.home, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["path with spaces", "数据 文件夹", "comma,quote'\"", "long-" + "x" * 150])
def test_any_folder_name_works(tmp_path: Path, name: str):
    home = tmp_path / name / "home"
    with server_at_hand(home) as started:
        assert started
        assert ask(home, "SELECT 1") == [(1,)]
        places = Places(home)
        assert len(os.fsencode(places.socket)) <= LONGEST_SOCKET
        assert places.socket_folder.stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_that_a_stranger_laid_out_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    home = tmp_path / ("long-" + "x" * 150)
    Places(home).socket_folder.symlink_to("/tmp")
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        EmbeddedServer(home, TESTS).start()


def test_a_server_that_cannot_start_says_why(tmp_path: Path):
    server = EmbeddedServer(tmp_path / "home", {**TESTS, "shared_buffers": "nonsense"})
    server.start_seconds = 0.0
    with pytest.raises(CannotStart, match="shared_buffers"):
        server.start()


LOCKER = """
    import sys
    from pathlib import Path
    from huiyin.config.locks import FileLock
    lock = FileLock(Path(sys.argv[1]))
    print(lock.take(), flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_free_again_when_its_holder_died(tmp_path: Path):
    path = tmp_path / "lock"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(LOCKER), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    lock = FileLock(path)
    assert not lock.take()
    process.kill()
    process.wait()
    assert lock.take()
    lock.release()


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A data folder that another user can reach, which pytest's own folder is not."""
    home = Path(f"/tmp/huiyin-test-{os.getpid()}-{time.time_ns()}")
    home.mkdir()
    yield home
    shutil.rmtree(home)


@needs_root
def test_an_ordinary_user_starts_it_too(open_home: Path, holder: Callable):
    can_run = [*AS_NOBODY, sys.executable, "-c", "import psycopg"]
    if subprocess.run(can_run, capture_output=True, check=False).returncode != 0:
        pytest.skip("this Python is closed to other users")
    os.chown(open_home, 65534, 65534)
    process = holder(open_home, *AS_NOBODY)
    assert ask(open_home, "SELECT 1") == [(1,)]
    pid = server_pid(Places(open_home))
    assert Path(f"/proc/{pid}").stat().st_uid == 65534
    process.stdin.close()
    assert process.wait(120) == 0


def _nobody_may_run(path: Path) -> bool:
    try:
        return subprocess.run([path, "-V"], user="nobody", capture_output=True, check=False).returncode == 0
    except PermissionError:
        return False


@needs_root
def test_root_without_user_namespaces_lends_the_server_to_nobody(open_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    identity.cache_clear()
    try:
        if not _nobody_may_run(program("postgres")):
            pytest.skip("the programs are closed to other users")
        with server_at_hand(open_home):
            assert Path(f"/proc/{server_pid(Places(open_home))}").stat().st_uid == 65534
            assert ask(open_home, "SELECT 1") == [(1,)]
    finally:
        identity.cache_clear()
