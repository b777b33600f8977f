"""The data folder (``HUIYIN_HOME``) and the secret kept in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home_folder() -> Path:
    """The folder that holds database, files and secret; ``./.huiyin`` unless ``HUIYIN_HOME`` says otherwise."""
    return Path(os.environ.get("HUIYIN_HOME", ".huiyin")).resolve()


def secret_key(home: Path) -> str:
    """The signing secret: from ``HUIYIN_SECRET_KEY``, else made once and kept in the data folder."""
    given = os.environ.get("HUIYIN_SECRET_KEY")
    if given:
        return given
    kept = home / "secret"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        _write_once(kept, secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Writes a file that only we may read; whoever comes second keeps the first one's text."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text)
    draft.chmod(0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
