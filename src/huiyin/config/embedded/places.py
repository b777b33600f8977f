"""Where the embedded server keeps its things inside the data folder, and where its socket is."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

SOCKET_NAME = ".s.PGSQL.5432"
PRIVATE = 0o700  # its owner and nobody else
LONGEST_SOCKET = 107  # bytes of sockaddr_un.sun_path, less the closing zero


@dataclass(frozen=True)
class Places:
    """Paths below one data folder (``HUIYIN_HOME``)."""

    home: Path

    @property
    def folder(self) -> Path:
        """Everything of the server; entered by nobody but its owner."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "log" / "postgres.log"

    @property
    def server_lock(self) -> Path:
        """Held by the process that runs the server."""
        return self.home / "postgres.lock"

    @property
    def users_lock(self) -> Path:
        """Held (shared) by every command that uses a server it may have to outlive."""
        return self.home / "postgres.users"

    @property
    def elsewhere(self) -> Path:
        """Names the socket folder when it cannot lie inside the data folder."""
        return self.home / "postgres.socket"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: inside the data folder, or the one noted when the server was prepared."""
        if not _too_awkward(self.folder / "socket"):
            return self.folder / "socket"
        try:
            return Path(self.elsewhere.read_text().strip())
        except FileNotFoundError:
            return _short_folder(self.home)

    @property
    def socket(self) -> Path:
        """The socket itself."""
        return self.socket_folder / SOCKET_NAME


def prepare(places: Places) -> None:
    """Makes the folders, closed to everybody else, and notes where the socket will be."""
    places.home.mkdir(parents=True, exist_ok=True)
    places.log.parent.mkdir(mode=PRIVATE, exist_ok=True)
    _make_private(places.folder)
    if not _too_awkward(places.folder / "socket"):
        _make_private(places.folder / "socket")
        return
    folder = _short_folder(places.home)
    _make_private(folder)
    places.elsewhere.write_text(f"{folder}\n")


def _too_awkward(folder: Path) -> bool:
    """Whether a socket here would be too long for the system or misread as a list of hosts."""
    text = str(folder / SOCKET_NAME)
    return len(os.fsencode(text)) > LONGEST_SOCKET or any(sign in text for sign in ",\"'\n")


def _short_folder(home: Path) -> Path:
    """A short folder whose name follows from the data folder's path."""
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp")  # noqa: S108 - made 0700 and checked for its owner
    if _too_awkward(base / f"huiyin-{name}"):
        base = Path("/tmp")  # noqa: S108
    return base / f"huiyin-{name}"


def _make_private(folder: Path) -> None:
    """Makes a folder that only its owner may enter, and refuses one that somebody else laid out for us."""
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or (found.st_uid != os.geteuid() and os.geteuid() != 0):
            raise CannotStart(
                message(
                    _("The folder %(folder)s belongs to somebody else. Start Huiyin as its owner or remove it."),
                    folder=str(folder),
                )
            ) from None
        if stat.S_IMODE(found.st_mode) != PRIVATE:
            folder.chmod(PRIVATE)
