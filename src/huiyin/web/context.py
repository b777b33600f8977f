"""What every page's shell needs: navigation, person, language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context for the shell."""
    return {"actor": getattr(request, "actor", None)}
