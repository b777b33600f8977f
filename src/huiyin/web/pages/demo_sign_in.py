"""One click signs in to the demo company in a role; outside the demo the page does not exist."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from huiyin.foundation.pages import Request, page
from huiyin.organisation.public import Role, with_role
from huiyin.web.way_back import way_back


@page("demo/sign-in/", name="demo-sign-in", needs=None)
@require_POST
def demo_sign_in_page(request: Request) -> HttpResponse:
    """Signs in as the first person of a role and goes to ``next`` or Today."""
    role = request.POST.get("role", "")
    if not settings.DEMO or role not in set(Role):
        raise Http404
    person = with_role(Role(role)).order_by("pk").first()
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(way_back(request) if request.POST.get("next") else "/")
