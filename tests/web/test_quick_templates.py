"""Templates of the product say what Django's say, whatever they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Engine, Template, VariableDoesNotExist, engines
from django.test import override_settings
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from huiyin.foundation.pages import PAGES
from huiyin.web.quick.loader import QuickTemplate
from huiyin.web.quick.lookups import QuickExpression, QuickVariable


class Refusing(dict[str, object]):
    """A key that is there says a thing, and what breaks on the way is seen."""

    @property
    def broken(self) -> str:
        raise AttributeError("inside")


def _deletes() -> str:
    raise AssertionError("a template deletes nothing")


_deletes.alters_data = True  # type: ignore[attr-defined]  # Django's mark


@dataclass
class Thing:
    """What pages give their templates."""

    title: str = "<水泵> & Co"
    safe: str = SafeString("<b>水泵</b>")
    count: int = 12345
    share: float = 0.5
    at: datetime = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    nothing: None = None
    yes: bool = True
    label: str = "Close"
    lazy: Any = field(default_factory=lambda: gettext_lazy("Close"))
    percent: str = "100 % <sure>"
    pair: tuple[str, int] = ("one", 2)
    names: list[str] = field(default_factory=lambda: ["a", "b"])
    keys: dict[Any, Any] = field(default_factory=lambda: {"title": "key", "items": "mine", "0": "nought", 7: "seven"})
    deletes: Callable[[], str] = _deletes

    def called(self) -> str:
        return "called <i>"

    def needs(self, what: str) -> str:
        return what


SOURCES = [
    "{{ it.title }}|{{ it.safe }}|{{ it.count }}|{{ it.share }}|{{ it.at }}|{{ it.yes }}|{{ it.lazy }}",
    "{% autoescape off %}{{ it.title }}{{ it.safe }}{{ it.lazy }}{% translate it.percent %}{% endautoescape %}",
    "{{ it.pair.0 }}{{ it.pair.1 }}{{ it.pair.2 }}{{ it.names.1 }}{{ it.names.5 }}{{ it.names.x }}{{ it.title.0 }}",
    "{{ it.keys.title }}{{ it.keys.items }}{{ it.keys.values }}{{ it.keys.0 }}{{ it.keys.7 }}{{ it.keys.missing }}",
    "{{ it.called }}{{ it.needs }}{{ it.deletes }}{{ it.missing }}{{ missing }}{{ missing.too }}{{ it.nothing.more }}",
    '{{ it.missing|default:"–" }}{{ it.missing|default:it.title }}{{ it.title|lower }}{{ it.count|add:it.pair.1 }}',
    '{{ "<words>" }}{{ 5 }}{{ 1.5 }}{{ _("Close") }}{{ True }}{{ None }}',
    "{% if it.missing %}a{% elif it.count > 5 and it.names %}b{% endif %}{% if not missing.x %}c{% endif %}",
    "{% for name in it.names %}{{ forloop.counter }}{{ name }}{{ it.title }}{% endfor %}{{ name }}",
    "{% for one, two in it.keys.missing %}x{% empty %}none{% endfor %}{% with a=it.keys %}{{ a.title }}{% endwith %}",
    "{% translate it.label %}{% translate it.label as said %}<{{ said }}>{% translate it.percent %}",
    "{% translate it.lazy %}{% translate it.safe %}{% translate it.missing %}{% translate it.label noop %}",
    "{% translate it.title|lower %}",
    '{% translate "Close" %} <b>{% translate "Cases" as c %}{{ c }}</b> {% static "web/mark.svg" %}',
    '{% url "case" 7 %}{% url "case" it.pair.1 %}{% url "case" "8" %}{% url "case" 9 as here %}<{{ here }}>',
    '{% url "nowhere" 7 as here %}<{{ here }}>{% url "case" it.missing as there %}<{{ there }}>{% url "cases" %}',
    '{% icon "check" %}{% icon "check" more="icon-lg" %}{% icon it.missing|default:"eye" %}{% key "g c" %}',
    '{% icon "eye" as seen %}<{{ seen }}>{% blocktranslate with n=it.count %}{{ n }} open{% endblocktranslate %}',
    "{% block a %}{{ it.title }}{% block b %}text{% endblock %}{% endblock %}{# nothing #}",
    "{% comment %}{{ x }}{% endcomment %}{{ it.nothing }}{% verbatim %}{{ it.title }}{% endverbatim %}",
]


def stock() -> Engine:
    """Django's engine with all that ours knows, but for what we keep of its tags."""
    ours: Engine = engines["django"].engine  # type: ignore[attr-defined]
    builtins = [name for name in ours.builtins if name != "huiyin.web.templatetags.constants"]
    return Engine(dirs=ours.dirs, app_dirs=True, libraries=ours.libraries, builtins=builtins)


def said(template: Template, **values: object) -> list[str]:
    """What one compiled template says in Chinese, English, and Chinese again."""
    texts = []
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            texts.append(template.render(Context(values)))
    return texts


def quick(source: str) -> Template:
    """As the product's loader compiles it."""
    return QuickTemplate(source, engine=engines["django"].engine)  # type: ignore[attr-defined]


@pytest.mark.parametrize("source", SOURCES)
def test_a_quick_template_says_what_djangos_says(source: str) -> None:
    lazy = SimpleLazyObject(Thing)
    for it in (Thing(), lazy, {"title": "of a dict", "pair": ("x", 3), "at": None, "names": []}):
        assert said(quick(source), it=it) == said(Template(source, engine=stock()), it=it)


def test_what_a_property_breaks_is_not_hidden() -> None:
    for template in (quick("{{ it.broken }}"), Template("{{ it.broken }}", engine=stock())):
        with pytest.raises(AttributeError, match="inside"):
            template.render(Context({"it": Refusing()}))


def test_a_missing_variable_of_a_filter_is_an_error_as_djangos_is() -> None:
    for template in (quick("{{ it|add:missing.one }}"), Template("{{ it|add:missing.one }}", engine=stock())):
        with pytest.raises(VariableDoesNotExist):
            template.render(Context({"it": 1}))


def test_templates_of_the_product_are_quick_ones_found_where_djangos_are() -> None:
    ours: Engine = engines["django"].engine  # type: ignore[attr-defined]
    for name in ("cases/case.html", "shell/page.html", "account/login.html"):
        found, djangos = ours.get_template(name), stock().get_template(name)
        assert type(found) is QuickTemplate
        assert found.origin.name == djangos.origin.name
    assert ours.get_template("cases/case.html") is ours.get_template("cases/case.html")


def test_constants_that_stand_together_are_one_node() -> None:
    template = quick('a {% icon "check" %} {% translate "Close" %} {% url "cases" %}{{ it }} b {# c #} d')
    assert [type(node).__name__ for node in template.nodelist] == ["Constants", "QuickVariableNode", "TextNode"]


def test_variables_are_looked_up_quickly_wherever_they_stand() -> None:
    node = quick("{{ it.title|default:it.label }}").nodelist[0]
    expression = node.filter_expression  # type: ignore[attr-defined]
    assert type(expression) is QuickExpression
    assert type(expression.var) is QuickVariable
    assert type(expression.filters[0][1][0][1]) is QuickVariable


def test_no_more_words_of_a_company_are_kept_than_are_worth_it() -> None:
    template = quick("{% translate it %}")
    texts = [template.render(Context({"it": f"word {number}"})) for number in range(600)]
    assert texts == [f"word {number}" for number in range(600)]
    assert len(template.nodelist[0].kept) == 500  # type: ignore[attr-defined]


def test_each_page_is_found_under_its_address_and_its_address_by_its_name() -> None:
    for entry in (each for each in PAGES if "<" not in each.route):
        assert reverse(entry.name) == f"/{entry.route}"
        assert resolve(f"/{entry.route}").func is entry.view
        assert resolve(f"/{entry.route}").route == entry.route


@override_settings(ROOT_URLCONF="tests.web.test_constants")
def test_a_kept_address_follows_the_table_of_addresses() -> None:
    template = quick('{% url "cases" %}')
    assert template.render(Context()) == "/elsewhere/"
    with override_settings(ROOT_URLCONF="huiyin.config.urls"):
        assert template.render(Context()) == "/cases/"
