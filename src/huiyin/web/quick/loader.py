"""Where templates come from: found and kept as Django does it, compiled into quicker nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Lexer, NodeList, Parser
from django.template.loaders import base, cached

from huiyin.web.quick.lookups import QuickExpression
from huiyin.web.quick.nodes import QuickNodes, quickened


class QuickParser(Parser):
    """Django's parser; what it has made of a template is put together anew."""

    def parse(self, parse_until: Iterable[str] | None = None) -> NodeList:
        """The nodes up to one of the closing tags."""
        nodes = super().parse(parse_until)
        quick = QuickNodes(quickened(nodes))
        quick.contains_nontext = nodes.contains_nontext
        return quick

    def compile_filter(self, token: str) -> FilterExpression:
        """A variable or constant and its filters."""
        return QuickExpression(token, self)


class QuickTemplate(Template):
    """A template of quicker nodes; while debugging it is Django's own, which can show where something broke."""

    def compile_nodelist(self) -> NodeList:
        """Reads the source."""
        if self.engine.debug:
            return super().compile_nodelist()
        known = self.engine.template_libraries, self.engine.template_builtins
        parser = QuickParser(Lexer(self.source).tokenize(), *known, self.origin)
        nodes = parser.parse()
        self.extra_data = parser.extra_data
        return nodes


class QuickTemplates(base.Loader):
    """Makes a quick template of the first source there is."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The template of that name, but for origins to skip.

        Raises:
            TemplateDoesNotExist: no folder has it.
        """
        tried: list[tuple[Origin, str]] = []
        for origin in self.get_template_sources(template_name):
            if origin in (skip or ()):
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            source: Any = origin.loader
            try:
                contents: str = source.get_contents(origin)
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            return QuickTemplate(contents, origin, template_name, self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, QuickTemplates):
    """Keeps each template once it is made."""
