"""Files to bring, and the shortest way to bring them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huiyin.imports.foreground import bring
from huiyin.imports.models import ImportRun
from tests.conftest import Company

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
if not SHARED.exists():
    SHARED = Path(__file__).parents[2].parent.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file from text or bytes."""

    def written(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


@pytest.fixture
def importing(company: Company) -> Callable[..., ImportRun]:
    """Imports a file as the service director."""

    def imported(path: Path, kind: str, **more: Any) -> ImportRun:
        return bring(company.call("director"), path=path, kind=kind, **more)

    return imported


@pytest.fixture
def real_file() -> Callable[[str], Path]:
    """A file of the evaluation data, or a skipped test."""

    def found(name: str) -> Path:
        if not (SHARED / name).exists():
            pytest.skip("the evaluation data is not here")
        return SHARED / name

    return found
