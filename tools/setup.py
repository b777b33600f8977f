"""Sets Huiyin up in .venv: libraries by hash, Huiyin itself, front-end parts. Does nothing when nothing changed.

python tools/setup.py          # what running needs
python tools/setup.py --dev    # what checking and testing need as well

Only the standard library is used here: this runs before anything is installed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import assets

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "huiyin-setup.json"
LOCKS = ROOT / "requirements"


def main() -> int:
    """Runs the steps whose inputs changed since they last succeeded."""
    if VENV.is_symlink():  # a worktree that borrows another checkout's environment must not change it
        return 0
    dev = "--dev" in sys.argv[1:]
    stamps = read_stamps()
    if not environment_works():
        say("making .venv")
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
        stamps = {}
    dev = dev or "dev" in stamps.get("libraries", "")
    lock = LOCKS / ("dev.txt" if dev else "base.txt")
    try:
        step(stamps, "libraries", f"{lock.stem} {digest([lock])}", lambda: install(lock))
        step(stamps, "huiyin", digest([ROOT / "pyproject.toml", lock]), install_ourselves)
        step(stamps, "assets", assets.state(ROOT, digest(assets.inputs(ROOT))), lambda: assets.fetch(ROOT, VENV))
    except subprocess.CalledProcessError as error:
        print(f"This step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def step(stamps: dict[str, str], name: str, state: str, do: Callable[[], None]) -> None:
    """Does a step unless it was done in this state, and remembers that it succeeded."""
    if stamps.get(name) == state:
        return
    stamps.pop(name, None)
    STAMPS.write_text(json.dumps(stamps))
    do()
    stamps[name] = state.replace("incomplete", "complete")
    STAMPS.write_text(json.dumps(stamps))


def environment_works() -> bool:
    """Whether .venv has a Python that starts and is new enough."""
    if not PYTHON.exists():
        return False
    probe = [PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def install(lock: Path) -> None:
    """Makes .venv hold exactly the libraries of a lock file: with uv, or with pip where uv does not work."""
    say(f"installing libraries ({lock.relative_to(ROOT)})")
    if not (install_uv() and uv("pip", "sync", "--require-hashes", "--compile-bytecode", lock)):
        say("uv does not work here, pip takes longer")
        pip("install", "--require-hashes", "-r", lock)


def install_ourselves() -> None:
    """Installs Huiyin as a link to this folder."""
    say("installing huiyin")
    words = ("install", "--no-deps", "--no-build-isolation", "-e", ROOT)
    if not uv("pip", *words):
        pip(*words)


def install_uv() -> bool:
    """Gets uv, the fast installer; False when there is none for this machine."""
    try:
        pip("install", "--require-hashes", "-r", LOCKS / "uv.txt")
    except subprocess.CalledProcessError:
        return False
    return True


def pip(*words: str | Path) -> None:
    """Runs the environment's pip with the user's own settings."""
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([PYTHON, "-m", "pip", *words[:1], *quiet, *words[1:]], check=True)


def uv(*words: str | Path) -> bool:
    """Runs uv against the index that pip was told to use, with the machine's certificates; whether it succeeded."""
    told = {"UV_DEFAULT_INDEX": pip_setting("index-url"), "SSL_CERT_FILE": pip_setting("cert")}
    ours = {"UV_SYSTEM_CERTS": "1", "UV_LINK_MODE": "copy", **{name: text for name, text in told.items() if text}}
    try:
        command = [VENV / "bin" / "uv", *words, "--quiet"]
        environment = {**ours, **os.environ, "VIRTUAL_ENV": str(VENV)}
        return subprocess.run(command, env=environment, check=False).returncode == 0
    except OSError:
        return False


@functools.cache
def pip_setting(name: str) -> str:
    """A setting of pip, from its files or the environment; many companies have a mirror there."""
    command = [PYTHON, "-m", "pip", "config", "list"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.findall(rf"^(?:global|install|:env:)\.{name}='(.*)'$", told, re.MULTILINE)
    return found[-1] if found else ""


def read_stamps() -> dict[str, str]:
    """What was done in which state; empty when unknown."""
    try:
        stamps: dict[str, str] = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return stamps


def digest(paths: Iterable[Path]) -> str:
    """One short digest over files and the place they stand in."""
    whole = hashlib.sha256(str(ROOT).encode())
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:20]


def say(line: str) -> None:
    """Tells what takes time."""
    print(f"setup: {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
