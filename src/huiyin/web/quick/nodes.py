"""What a template consists of, put together so that a page walks over less of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from django.template import Context, Node
from django.template.base import TextNode, VariableNode, render_value_in_context
from django.template.library import SimpleNode
from django.utils.safestring import SafeString

from huiyin.web.templatetags.constants import Kept, constant, under_all
from huiyin.web.templatetags.ui import icon, key

ALWAYS_ALIKE = frozenset({icon, key})
"""Tags whose words follow from their arguments alone."""


class QuickVariableNode(VariableNode):
    """``{{ … }}``: words are escaped at once, everything else as Django does it."""

    def render(self, context: Context) -> str:
        """The value as it stands on the page."""
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return str(value)
        if kind is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


class Constants(Node):
    """Neighbours that stand on every page alike but for its language: joined once for each."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        under = {node.under for node in nodes if isinstance(node, Kept)}
        self.nodes = nodes
        self.under = under.pop() if len(under) == 1 else under_all
        self.kept: dict[object, str] = {}

    def render(self, context: Context) -> str:
        """Asks its nodes for the first page alone."""
        which = self.under()
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
    if _says_itself(node):
        return _like(TextNode(str(node.render(Context()))), node)
    return node


def _says_itself(node: Node) -> bool:
    if type(node) is not SimpleNode or node.func not in ALWAYS_ALIKE or node.target_var:
        return False
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
