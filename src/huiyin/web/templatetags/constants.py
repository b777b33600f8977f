"""Django's ``{% translate %}``, ``{% url %}`` and ``{% static %}``: what they say is worked out once and kept.

The tags are Django's own in all they take and say. Words that a variable names are kept by the words, addresses that
take one number are kept around the number; what takes more is worked out each time.
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaulttags import URLNode, url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode, do_static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 500
UNLIKELY = 9_182_736_450  # no address of ours says such a number


class Kept(Node):
    """What a node says, kept under what alone can change it; stands on the page or under a name, as Django's does."""

    child_nodelists = ()

    def __init__(self, node: Node, name: str | None = None) -> None:
        self.node = node
        self.name = name
        self.kept: dict[object, str] = {}

    def render(self, context: Context) -> str:
        """Asks the node for the first page alone."""
        which = under(context)
        said = self.kept.get(which)
        if said is None:
            said = self.node.render(context)
            said = self.kept[which] = context[self.name] if self.name else said
        if not self.name:
            return said
        context[self.name] = said
        return ""


class Translated(Node):
    """What Django makes of words that a variable names, kept by language and words."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode, words: FilterExpression) -> None:
        self.node = node
        self.words = words
        self.kept: dict[tuple[object, str], str] = {}

    def render(self, context: Context) -> str:
        """Asks the node for words it has not seen; words may be a company's own, so not all are kept."""
        words = self.words.resolve(context)
        if type(words) is not str or not context.autoescape:
            return self.node.render(context)
        which = under(context), words
        said = self.kept.get(which)
        if said is None:
            said = self._ask(context)
            if len(self.kept) < MOST_KEPT:
                self.kept[which] = said
        if not self.node.asvar:
            return said
        context[self.node.asvar] = said
        return ""

    def _ask(self, context: Context) -> str:
        said = self.node.render(context)
        return context[self.node.asvar] if self.node.asvar else said


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's: a text is looked up once for each language."""
    node: TranslateNode = do_translate(parser, token)
    said = node.filter_expression
    if settings.DEBUG or node.message_context or said.filters:
        return node
    if not constant(said):
        return Translated(node, parser.compile_filter(said.token))
    return Kept(node, node.asvar)


class Address(Node):
    """The address of a page that takes one number."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node = node
        self.kept: dict[object, tuple[str, str]] = {}

    def render(self, context: Context) -> str:
        """Puts the number where it belongs; anything but a number is Django's."""
        number = self.node.args[0].resolve(context)
        if type(number) is not int or number < 0:
            return self.node.render(context)
        which = under(context)
        around = self.kept.get(which)
        if around is None:
            try:
                around = self.kept[which] = _around(str(self.node.view_name.var))
            except NoReverseMatch:
                return self.node.render(context)
        address = f"{around[0]}{number}{around[1]}"
        if not self.node.asvar:
            return address
        context[self.node.asvar] = address
        return ""


def _around(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[UNLIKELY]).rpartition(str(UNLIKELY))
    return before, after


@register.tag(name="url")
def url_of(parser: Parser, token: Token) -> Node:
    """Django's: the address of a page that takes no values, or one number, is looked up once."""
    node: URLNode = url(parser, token)
    plain = constant(node.view_name) and ":" not in str(node.view_name.var)
    if not plain or node.kwargs or len(node.args) > 1:
        return node
    if node.args:
        return Address(node)
    return Kept(node, node.asvar)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's: where a file of ours lies is asked once."""
    node: StaticNode = do_static(parser, token)
    if settings.DEBUG or not constant(node.path):
        return node
    return Kept(node, node.varname)


def under(context: Context) -> object:
    """All that anything kept here hangs on, worked out once for each page: no template changes the language inside."""
    known = context.__dict__.get("kept_under")
    if known is None:
        known = context.__dict__["kept_under"] = get_language(), *_addresses()
    return known


def constant(said: FilterExpression) -> bool:
    """Whether this is a text that stands in the template itself, without filters."""
    var = said.var.literal if isinstance(said.var, Variable) else said.var
    return isinstance(var, str) and not said.filters


def _addresses() -> tuple[str, str]:
    """All that an address hangs on, but for what is put into it."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
