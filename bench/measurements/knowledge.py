"""Articles: the search as a person types, and what a case's page suggests, among fifty thousand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import quote

from bench.articles import write_articles
from bench.registry import Figures, When, measures
from bench.scene import Scene
from bench.sessions import Session

ARTICLES = 50_000
TYPED = {
    "one_character": ("客", "机", "空", "水", "镁", "阀"),
    "two_characters": ("滤芯", "镁棒", "发票", "四通", "霍尔", "冒烟"),
    "common_word": ("客户", "检查", "怎么", "空调", "更换", "不制冷"),
    "rare_word": ("霍尔元件", "返厂调拨", "镁棒生锈", "毛细管串味", "KF-59LW", "xq-17"),
    "english": ("t", "th", "compr", "device", "replacing filters", "vibration calibrate"),
    "mixed": ("空调 filter", "KF 漏水", "净水器 pump", "热水器 ignit", "电机 fuse", "冰箱 the"),
}
Pages = Callable[[Session], Sequence[str]]
KEPT = ("per_second", "p50_ms", "p95_ms", "web_cpu_ms", "database_cpu_ms")


@measures("knowledge", "Search in 50,000 articles", When.READ, order=33)
def knowledge(scene: Scene) -> Figures:
    """All words in turn by eight people; then each kind of word and the suggestions, by eight and by one alone."""
    there = write_articles(scene, ARTICLES)
    people = [replace(who, htmx=True) for who in scene.agents]
    every = _asked([word for kind in TYPED.values() for word in kind])
    figures = scene.load.read(every, people)
    parts = {kind: _both(scene, _asked(words), people) for kind, words in TYPED.items()}
    parts["beside_a_case"] = _both(scene, _cases, people)
    figures["failed"] += sum(part.pop("failed") for part in parts.values())
    return figures | {"articles": there} | parts


def _asked(words: Sequence[str]) -> Pages:
    return lambda _who: [f"/articles/?text={quote(word)}" for word in words]


def _cases(who: Session) -> list[str]:
    """The part of a case's page with what is like it, for cases the person sees."""
    from huiyin.cases.public import Case
    from huiyin.organisation.public import Staff, actor_of

    seen = Case.objects.visible_to(actor_of(Staff.objects.get(pk=who.staff))).order_by("-pk")
    return [f"/cases/{pk}/alike/" for pk in seen.values_list("pk", flat=True)[:60]]


def _both(scene: Scene, pages: Pages, people: Sequence[Session]) -> Figures:
    """By eight people at once and by one alone."""
    eight, alone = scene.load.read(pages, people), scene.load.read(pages, people[:1])
    told = {name: eight[name] for name in KEPT}
    failed = eight["failed"] + alone["failed"]
    return {**told, "alone_p50_ms": alone["p50_ms"], "alone_p95_ms": alone["p95_ms"], "failed": failed}
