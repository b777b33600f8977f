"""Photos of a site visit."""

from __future__ import annotations

from huiyin.field_service.actions.locking import own
from huiyin.field_service.models import VisitPhoto
from huiyin.foundation.actions import Act, action
from huiyin.foundation.files import keep_once
from huiyin.foundation.photos import Photo
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FOLDER = "site_photos"


@action("field_service.add_photo", needs="field_service.work")
def add_photo(act: Act, visit_id: int, photo: Photo) -> VisitPhoto:
    """Keeps a photo; the same one twice is one.

    Raises:
        Forbidden: it is somebody else's visit.
        Invalid: there are as many as a visit takes.
        Conflict: not possible now.
    """
    visit = own(act, visit_id, "log")
    path = keep_once(FOLDER, photo.content)
    if there := visit.photos.filter(path=path).first():
        return there
    most = visit.rules.field_numbers.most_photos
    if visit.photos.count() >= most:
        why = message(_("A site visit takes at most %(most)d photos."), most=most)
        raise Invalid(why, {"photos": why})
    made = VisitPhoto.objects.create(
        visit=visit,
        path=path,
        width=photo.width,
        height=photo.height,
        size=len(photo.content),
        at=act.now,
        by_id=act.actor.staff_id,
    )
    act.record(visit, customer_id=visit.case.customer_id, photo=made.pk)
    return made
