"""The promises of the spare parts room."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind

BRING = "spare_parts.bring"

KINDS = [PromiseKind(BRING, _("Get the missing spare part"), "package-search", "part-need", _("Receive"))]
