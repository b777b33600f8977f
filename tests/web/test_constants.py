"""Texts and addresses that are kept say what Django's own tags say, in every language."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, engines
from django.test import override_settings
from django.urls import NoReverseMatch, path, set_script_prefix
from django.utils import translation

from huiyin.web.templatetags.constants import Kept

DJANGOS = Engine(builtins=["django.templatetags.i18n", "django.templatetags.static"])
urlpatterns = [path("elsewhere/", lambda _request: None, name="cases")]  # type: ignore[misc,arg-type]  # never opened


def said(source: str, engine: Engine | None = None, **values: object) -> list[str]:
    """What one and the same compiled template says in Chinese, English, and Chinese again."""
    compiled = (engine or engines["django"].engine).from_string(source)  # type: ignore[attr-defined]  # Django's
    texts = []
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            texts.append(compiled.render(Context(values)))
    return texts


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Close" %}',
        "{% translate 'Close' %}",
        '{% translate "Close" as word %}[{{ word }}]',
        '{% translate "Close"|upper %}',
        '{% translate "Close" noop %}',
        '{% translate "100%% <b>&</b>" %}',
        '{% translate "Today" context "a day" %}',
        "{% translate word %}",
        "{% translate word as other %}{{ other }}",
        '{% autoescape off %}{% translate "Close" %}{% endautoescape %}',
        '{% url "cases" %}',
        '{% url "cases" as here %}[{{ here }}]',
        '{% url "no-such-page" as here %}[{{ here }}]',
        '{% url "case" 7 %}',
        "{% url page %}",
        '{% static "web/mark.svg" %}',
        '{% static "web/mark.svg" as mark %}[{{ mark }}]',
        "{% static file %}",
    ],
)
def test_a_kept_tag_says_what_djangos_says(source: str):
    values = {"word": "Close", "page": "cases", "file": "web/mark.svg"}
    assert said(source, **values) == said(source, DJANGOS, **values)


def test_a_text_is_said_in_the_language_of_each_page():
    assert said('{% translate "Close" %}') == ["关闭", "Close", "关闭"]


def test_constants_are_kept_and_what_a_variable_names_is_not():
    compiled = engines["django"].engine.from_string(  # type: ignore[attr-defined]  # Django's
        '{% translate "Close" %}{% url "cases" %}{% static "web/mark.svg" %}'
        '{% translate word %}{% url page %}{% url "case" 7 %}{% static file %}'
    )
    assert [type(node) is Kept for node in compiled.nodelist] == [True] * 3 + [False] * 4


def test_a_missing_page_is_an_error_each_time():
    compiled = engines["django"].engine.from_string('{% url "no-such-page" %}')  # type: ignore[attr-defined]  # Django's
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            compiled.render(Context())


def test_an_address_follows_the_prefix_and_the_table_of_addresses():
    compiled = engines["django"].engine.from_string('{% url "cases" %}')  # type: ignore[attr-defined]  # Django's
    assert compiled.render(Context()) == "/cases/"
    with override_settings(ROOT_URLCONF="tests.web.test_constants"):
        assert compiled.render(Context()) == "/elsewhere/"
    try:
        set_script_prefix("/service/")
        assert compiled.render(Context()) == "/service/cases/"
    finally:
        set_script_prefix("/")
    assert compiled.render(Context()) == "/cases/"
