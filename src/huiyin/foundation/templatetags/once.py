"""``{% once %}``: the hidden fields of every form that acts: csrf token and idempotency key."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.foundation.pages import new_once

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """Hidden csrf token and idempotency key; a form shown again after an error gets a fresh key."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once" value="{}">',
        context.get("csrf_token", ""),
        new_once(),
    )
