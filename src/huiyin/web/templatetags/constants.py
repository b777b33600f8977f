"""Django's ``{% translate "…" %}``, ``{% url "name" %}`` and ``{% static "file" %}`` of constants: worked out once.

The tags are Django's own in all they take and say; what names a variable is worked out each time.
"""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.conf import settings
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaulttags import URLNode, url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = template.Library()


class Kept(Node):
    """What a node says, kept under what alone can change it; stands on the page or under a name, as Django's does."""

    child_nodelists = ()

    def __init__(self, node: Node, name: str | None, under: Callable[[], object]) -> None:
        self.node = node
        self.name = name
        self.under = under
        self.kept: dict[object, str] = {}

    def render(self, context: Context) -> str:
        """Asks the node for the first page alone."""
        which = self.under()
        said = self.kept.get(which)
        if said is None:
            said = self.kept[which] = self.node.render(context)
        if not self.name:
            return said
        context[self.name] = said
        return ""


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's: a constant text is looked up once for each language."""
    node: TranslateNode = do_translate(parser, token)
    if settings.DEBUG or node.message_context or not _constant(node.filter_expression):
        return node
    name, node.asvar = node.asvar, None
    return Kept(node, name, get_language)


@register.tag(name="url")
def url_of(parser: Parser, token: Token) -> Node:
    """Django's: the address of a page that takes no values is looked up once."""
    node: URLNode = url(parser, token)
    plain = _constant(node.view_name) and ":" not in str(node.view_name.var)
    if not plain or node.args or node.kwargs or node.asvar:
        return node
    return Kept(node, None, _addresses)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's: where a file of ours lies is asked once."""
    node: StaticNode = do_static(parser, token)
    if settings.DEBUG or not _constant(node.path):
        return node
    name, node.varname = node.varname, None
    return Kept(node, name, get_script_prefix)


def _constant(said: FilterExpression) -> bool:
    var = said.var.literal if isinstance(said.var, Variable) else said.var
    return isinstance(var, str) and not said.filters


def _addresses() -> object:
    """All that an address without values hangs on."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
