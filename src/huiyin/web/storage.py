"""Static files under names that carry their mark, also inside our scripts' imports."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class MarkedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """A new version of a script is fetched at once, because every import of it names the new file."""

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: dict[str, Any], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Marks the imports of our rooms' scripts; a library's script stays as it came."""
        convert: Callable[[re.Match[str]], str] = super().url_converter(name, hashed_files, template)
        theirs = name.endswith(".js") and name.split("/", maxsplit=1)[0] not in settings.ROOMS
        return (lambda found: found[0]) if theirs else convert
