"""Keeps a file with a case."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from huiyin.cases.actions.keeping import keep_file
from huiyin.cases.actions.moving import in_sight
from huiyin.cases.models import Attachment
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action


@action("cases.attach", needs=NEEDS["attach"])
def attach_file(act: Act, case_id: int, *, upload: UploadedFile[bytes]) -> Attachment:
    """Keeps a file whose content is what its name says; the same file twice is kept once.

    Raises:
        Invalid: too large, too many, or not of an allowed type.
    """
    return keep_file(act, in_sight(act, case_id, "attach"), upload)
