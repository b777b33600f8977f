"""Under whose name PostgreSQL runs: it refuses root, so root lends it another name."""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

UNSHARE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
NOBODY = "nobody"


@dataclass(frozen=True)
class Identity:
    """How to start PostgreSQL's programs: words before the command, user to become, owner of the files."""

    before: tuple[str, ...] = ()
    user: str | None = None
    owner_id: int = 0

    def command(self, words: Sequence[str | Path]) -> list[str]:
        """The command as this identity starts it."""
        return [*self.before, *(str(word) for word in words)]

    def hand_over(self, folder: Path) -> None:
        """Gives a folder to the server's user where that is not ourselves."""
        if self.user is not None:
            os.chown(folder, self.owner_id, pwd.getpwnam(self.user).pw_gid)


@functools.cache
def identity() -> Identity:
    """Ourselves as an ordinary user; as root a user namespace (files stay root's), else ``nobody``."""
    if os.geteuid() != 0:
        return Identity(owner_id=os.geteuid())
    if _namespaces_work():
        return Identity(before=UNSHARE, owner_id=0)
    return Identity(user=NOBODY, owner_id=_nobody_id())


def check_owner(identity: Identity, data: Path) -> None:
    """Refuses a data folder that the server's user does not own, before PostgreSQL does so less clearly.

    Raises:
        CannotStart: the folder is somebody else's.
    """
    found = data.stat().st_uid
    if found != identity.owner_id:
        raise CannotStart(
            message(
                _("The database in %(folder)s belongs to user number %(owner)s. Start Huiyin as that user."),
                folder=str(data),
                owner=found,
            )
        )


def no_root_here() -> CannotStart:
    """What to say when neither a user namespace nor ``nobody`` gets anywhere."""
    return CannotStart(message(_("The embedded PostgreSQL cannot run as root here. Start Huiyin as an ordinary user.")))


def _namespaces_work() -> bool:
    if shutil.which(UNSHARE[0]) is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def _nobody_id() -> int:
    try:
        return pwd.getpwnam(NOBODY).pw_uid
    except KeyError:
        raise no_root_here() from None
