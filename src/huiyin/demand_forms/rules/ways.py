"""How a unit would like its customers to be visited."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _

WAY_LABELS: dict[str, str] = {
    "phone": _("Phone"),
    "link": _("Questionnaire by link"),
    "face": _("Face to face"),
}
