"""The data folder: made once by initdb, whole or not at all, and checked before each start."""

from __future__ import annotations

import shutil
import subprocess

from huiyin.config.embedded.binaries import major_version, program
from huiyin.config.embedded.identity import Identity, check_owner, no_root_here
from huiyin.config.embedded.places import Places
from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

SUPERUSER = "postgres"
INITDB = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",  # under locale C, pg_trgm finds nothing in Chinese
    "--data-checksums",
    "--auth-local=trust",  # the socket lies in a folder only its owner may enter
    "--auth-host=reject",
    "--no-instructions",
)


def make_or_check(places: Places, identity: Identity) -> None:
    """Makes the data folder at the first start; afterwards checks owner and version.

    Raises:
        CannotStart: the folder cannot be made, is somebody else's, or of another major version.
    """
    if not places.data.exists():
        _make(places, identity)
    check_owner(identity, places.data)
    found = (places.data / "PG_VERSION").read_text().strip()
    if found != major_version():
        raise CannotStart(
            message(
                _(
                    "The database in %(folder)s was made by PostgreSQL %(found)s; this Huiyin brings "
                    "%(ours)s. Restore a backup into a new data folder."
                ),
                folder=str(places.data),
                found=found,
                ours=major_version(),
            )
        )


def _make(places: Places, identity: Identity) -> None:
    """Runs initdb beside the final place and moves the finished folder there."""
    draft = places.folder / "data.new"
    shutil.rmtree(draft, ignore_errors=True)  # left by an initdb that was killed
    draft.mkdir(mode=0o700)
    identity.hand_over(places.folder)
    identity.hand_over(draft)
    try:
        done = subprocess.run(
            identity.command([program("initdb"), *INITDB, "-D", draft]),
            capture_output=True,
            text=True,
            errors="replace",
            user=identity.user,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            check=False,
        )
    except PermissionError:  # nobody may not enter the folder of the programs
        raise no_root_here() from None
    if done.returncode != 0:
        raise CannotStart(
            message(_("The database could not be made: %(why)s"), why=(done.stderr or done.stdout).strip()[-600:])
        )
    draft.rename(places.data)
