"""Where photos are kept."""

from __future__ import annotations

from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.models import AnswerPhoto


def photo_path(asking_id: int, photo_id: int) -> str:
    """The file of a photo of this asking.

    Raises:
        NotFound: the asking has no such photo.
    """
    path = AnswerPhoto.objects.filter(pk=photo_id, asking=asking_id).values_list("path", flat=True).first()
    if path is None:
        raise NotFound
    return path
