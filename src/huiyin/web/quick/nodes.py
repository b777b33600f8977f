"""What a template consists of, put together so that a page walks over less of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

from django.template import Context, Node, VariableDoesNotExist
from django.template.base import FilterExpression, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import IfNode, TemplateLiteral
from django.template.library import SimpleNode
from django.utils.safestring import SafeString
from django_htmx.templatetags.django_htmx import htmx_script

from huiyin.web.quick.lookups import QuickVariable
from huiyin.web.templatetags.constants import Kept, constant, under
from huiyin.web.templatetags.ui import icon, key, stylesheet

ALWAYS_ALIKE = frozenset({icon, key})
"""Tags whose words follow from their arguments alone."""
WHERE_FILES_LIE = frozenset({stylesheet, htmx_script})
"""Tags that say an address of a file besides."""


class QuickNodes(NodeList):
    """What stands one after the other; that Django notes where an error came from is for its page while debugging."""

    def render(self, context: Context) -> SafeString:
        """All of it."""
        return SafeString("".join([node.render(context) for node in self]))


class QuickVariableNode(VariableNode):
    """``{{ … }}``: words are escaped at once, everything else as Django does it."""

    def __init__(self, said: FilterExpression) -> None:
        super().__init__(said)
        self.look_up = _plainly(said) or said.resolve

    def render(self, context: Context) -> str:
        """The value as it stands on the page."""
        try:
            value = self.look_up(context)
        except VariableDoesNotExist:
            value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return str(value)
        if kind is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


class QuickIf(IfNode):
    """``{% if … %}``: a variable that stands alone is looked up at once, other conditions are Django's."""

    def __init__(self, branches: list[tuple[Any, NodeList]]) -> None:
        super().__init__(branches)
        self.branches = [(_test(condition), nodes) for condition, nodes in branches]

    def render(self, context: Context) -> str:
        """The first branch that holds."""
        for test, nodes in self.branches:
            try:
                holds = test(context)
            except VariableDoesNotExist:
                continue
            if holds:
                return nodes.render(context)
        return ""


def _test(condition: Any) -> Callable[[Context], Any]:
    if condition is None:
        return _otherwise
    test: Callable[[Context], Any] = condition.eval
    said = condition.value if type(condition) is TemplateLiteral else None
    return (_plainly(said) if isinstance(said, FilterExpression) else None) or test


def _otherwise(_context: Context) -> bool:
    return True


def _plainly(said: FilterExpression) -> Callable[[Context], Any] | None:
    """How a variable without filters is looked up; None where there is more to do."""
    return said.var.resolve if isinstance(said.var, QuickVariable) and not said.filters else None


class Constants(Node):
    """Neighbours that stand on every page alike but for its language: joined once for each."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.kept: dict[object, str] = {}

    def render(self, context: Context) -> str:
        """Asks its nodes for the first page alone."""
        which = under(context)
        said = self.kept.get(which)
        if said is None:
            said = self.kept[which] = "".join(str(node.render(context)) for node in self.nodes)
        return said


def quickened(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes of a list, in their order, for fewer steps."""
    for constants, neighbours in groupby((_quick(node) for node in nodes), _constant):
        some = list(neighbours)
        yield from _joined(some) if constants else some


def _quick(node: Node) -> Node:
    if type(node) is VariableNode:
        return _like(QuickVariableNode(node.filter_expression), node)
    if type(node) is IfNode:
        return _like(QuickIf(node.conditions_nodelists), node)
    if type(node) is not SimpleNode or node.target_var or not _of_constants(node):
        return node
    if node.func in WHERE_FILES_LIE:
        return _like(Kept(node), node)
    return _like(TextNode(str(node.render(Context()))), node) if node.func in ALWAYS_ALIKE else node


def _of_constants(node: SimpleNode) -> bool:
    return all(constant(said) for said in (*node.args, *node.kwargs.values()))


def _constant(node: Node) -> bool:
    return type(node) is TextNode or (type(node) is Kept and not node.name)


def _joined(nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        return nodes
    texts = [node.s for node in nodes if isinstance(node, TextNode)]
    return [_like(TextNode("".join(texts)) if len(texts) == len(nodes) else Constants(nodes), nodes[0])]


def _like(made: Node, node: Node) -> Node:
    made.token, made.origin = node.token, node.origin
    return made
