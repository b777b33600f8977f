"""An article's life: written, reviewed by another, in use, looked at again, retired; versions and who may see what."""

from __future__ import annotations

import datetime as dt

import pytest

from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.knowledge.actions.review import publish_article, return_article, submit_article
from huiyin.knowledge.actions.save import save_article, write_article
from huiyin.knowledge.actions.save_numbers import save_numbers
from huiyin.knowledge.actions.tend import confirm_article, retire_article, revive_article
from huiyin.knowledge.actions.use import use_article
from huiyin.knowledge.actions.vote import vote_article
from huiyin.knowledge.models import Article, ArticleText, ArticleVote, ArticleWords
from huiyin.knowledge.queries.articles import article_seen_by, articles_in, verbs_of
from huiyin.knowledge.queries.search import search_articles
from huiyin.knowledge.rules.states import LIFECYCLE, State
from huiyin.knowledge.rules.texts import Draft
from huiyin.promises.public import Promise, sweep_all
from tests.conftest import SHANGHAI, Company, MovableClock
from tests.knowledge.conftest import TEXT, TITLE, Articles


def owed(article: Article) -> dict[str, str]:
    rows = Promise.objects.filter(subject="knowledge.article", subject_id=article.pk, state="open")
    return {each.kind: each.due_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") for each in rows}


def test_a_draft_is_handed_in_published_by_another_and_looked_at_again(articles: Articles, company: Company) -> None:
    article = articles.draft()
    assert (article.state, article.shown_id, owed(article)) == (State.DRAFT, None, {})
    submit_article(company.call("agent"), article.pk, reviewer_id=company.staff["quality"].pk)
    assert owed(article) == {"knowledge.decide": "2026-10-08 09:00"}  # three working days, over the National Day week
    publish_article(company.call("quality"), article.pk)
    article.refresh_from_db()
    assert (article.state, article.review_on) == (State.PUBLISHED, dt.date(2027, 3, 27))
    assert article.shown_id == article.newest_id
    assert owed(article) == {"knowledge.look_again": "2027-03-27 18:00"}


def test_nobody_publishes_what_they_wrote_not_even_a_part_of_it(articles: Articles, company: Company) -> None:
    article = articles.draft("service_manager")
    articles.change(article, "quality", text=TEXT + "\n\n补充")
    submit_article(company.call("service_manager"), article.pk)
    before = ActEntry.objects.count()
    for who in ("service_manager", "quality"):
        with pytest.raises(Conflict, match="somebody else has to publish it"):
            publish_article(company.call(who), article.pk)
    assert (ActEntry.objects.count(), ArticleWords.objects.count()) == (before, 0)
    publish_article(company.call("director"), article.pk)
    assert ArticleWords.objects.count() == 1


def test_the_text_in_use_stays_until_the_new_one_is_published(articles: Articles, company: Company) -> None:
    article = articles.published()
    articles.change(article, title="压缩机异响怎么办", visibility="public")
    article.refresh_from_db()
    assert (article.state, article.shown.version, article.newest.version) == (State.DRAFT, 1, 2)
    assert article.visibility == "staff"
    assert [each.title for each in search_articles(company.actor("agent2"), "停机")] == [TITLE]
    articles.publish(article)
    assert [each.title for each in search_articles(company.actor("agent2"), "异响")] == ["压缩机异响怎么办"]
    assert article.visibility == "public"


def test_two_who_change_the_same_version_do_not_overwrite_each_other(articles: Articles, company: Company) -> None:
    article = articles.draft()
    save_article(company.call("agent"), article.pk, Draft("甲", "甲的文本"), expected=1)
    with pytest.raises(Conflict, match="version"):
        save_article(company.call("agent2"), article.pk, Draft("乙", "乙的文本"), expected=1)
    assert [text.title for text in article.texts.order_by("version")] == [TITLE, "甲"]


def test_the_same_text_again_is_no_version(articles: Articles, company: Company) -> None:
    article = articles.draft()
    with pytest.raises(Conflict):
        articles.change(article)
    assert ArticleText.objects.count() == 1


def test_a_returned_article_says_what_to_change_and_keeps_the_promise(articles: Articles, company: Company) -> None:
    article = articles.draft()
    submit_article(company.call("agent"), article.pk)
    with pytest.raises(Invalid):
        return_article(company.call("quality"), article.pk, reason=" ")
    return_article(company.call("quality"), article.pk, reason="请补充型号")
    article.refresh_from_db()
    assert (article.state, owed(article)) == (State.DRAFT, {})
    assert ActEntry.objects.filter(verb="knowledge.return").get().reason == "请补充型号"


def test_an_old_article_is_due_and_is_confirmed_by_another(
    articles: Articles, company: Company, clock: MovableClock
) -> None:
    article = articles.published()
    clock.set("2027-03-29 09:00")
    sweep_all()
    promise = Promise.objects.get(kind="knowledge.look_again")
    assert promise.broken_at is not None
    due = articles_in(company.actor("quality"), "due", dt.date(2027, 3, 29))
    assert [each.pk for each in due] == [article.pk]
    article.refresh_from_db()
    assert article.standing(dt.date(2027, 3, 29))[0] == "Due for review"
    confirm_article(company.call("quality"), article.pk)
    article.refresh_from_db()
    assert article.review_on == dt.date(2027, 9, 25)
    assert owed(article) == {"knowledge.look_again": "2027-09-25 18:00"}


def test_who_wrote_the_text_does_not_confirm_it(articles: Articles, company: Company) -> None:
    article = articles.published("quality", "director")
    with pytest.raises(Conflict):
        confirm_article(company.call("quality"), article.pk)


def test_a_retired_article_is_not_found_and_owes_nothing(articles: Articles, company: Company) -> None:
    article = articles.published()
    retire_article(company.call("quality"), article.pk, reason="产品停产")
    assert search_articles(company.actor("director"), "停机") == []
    assert owed(article) == {}
    with pytest.raises(Conflict):
        articles.change(article, title="新")
    revive_article(company.call("agent"), article.pk)
    article.refresh_from_db()
    assert (article.state, article.shown_id) == (State.DRAFT, None)


def test_a_retired_article_is_neither_used_nor_judged_from_an_old_page(articles: Articles, company: Company) -> None:
    article = articles.published()
    retire_article(company.call("quality"), article.pk, reason="产品停产")
    with pytest.raises(Conflict):
        vote_article(company.call("agent"), article.pk, useful=True)
    with pytest.raises(Conflict):
        use_article(company.call("agent"), article.pk, about=("cases.case", 7))
    article.refresh_from_db()
    assert (article.useful, article.used) == (0, 0)


def test_the_same_record_makes_one_draft(articles: Articles, company: Company) -> None:
    first = write_article(company.call("agent"), Draft("甲", "乙"), source=("cases.case", 7))
    assert write_article(company.call("agent2"), Draft("丙", "丁"), source=("cases.case", 7)).pk == first.pk
    retire_article(company.call("quality"), first.pk, reason="重复")
    assert write_article(company.call("agent2"), Draft("丙", "丁"), source=("cases.case", 7)).pk != first.pk


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft(), "title"),
        (Draft(title="只有标题"), "text"),
        (Draft(text="只有正文"), "title"),
        (Draft(title="a", text="b", text_en="c"), "title_en"),
        (Draft(title="a", text="b" * 16_001), "text"),
        (Draft(title="a" * 201, text="b"), "title"),
        (Draft(title="a", text="b", visibility="world"), "visibility"),
    ],
)
def test_half_a_text_is_refused_by_name_and_nothing_is_left(company: Company, draft: Draft, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write_article(company.call("agent"), draft)
    assert field in refused.value.fields
    assert (Article.objects.count(), ArticleText.objects.count()) == (0, 0)


def test_one_vote_a_person_and_text(articles: Articles, company: Company) -> None:
    article = articles.published()
    for who, useful in (("agent", True), ("agent", True), ("agent2", True), ("agent2", False), ("quality", True)):
        vote_article(company.call(who), article.pk, useful=useful)
    article.refresh_from_db()
    assert (article.useful, article.useless, ArticleVote.objects.count()) == (2, 1, 3)
    articles.change(article, title="新的标题")
    articles.publish(article)
    vote_article(company.call("agent"), article.pk, useful=False)
    article.refresh_from_db()
    assert (article.useful, article.useless) == (0, 1)  # of the text in use


def test_what_is_for_a_department_stays_there(articles: Articles, company: Company) -> None:
    article = articles.published("engineer", "director", visibility="department")
    for who, seen in (("technical_head", 1), ("engineer", 1), ("agent", 0), ("auditor", 0), ("director", 1)):
        assert Article.objects.visible_to(company.actor(who)).count() == seen, who
        assert len(search_articles(company.actor(who), "停机")) == seen, who
    with pytest.raises(NotFound):
        article_seen_by(company.actor("agent"), article.pk)


def test_readers_see_no_drafts(articles: Articles, company: Company) -> None:
    articles.draft()
    assert Article.objects.visible_to(company.actor("store_manager")).count() == 0
    assert Article.objects.visible_to(company.actor("agent2")).count() == 1


@pytest.mark.parametrize(
    ("who", "right"), [("store_manager", "write"), ("auditor", "write"), ("agent", "review"), ("engineer", "manage")]
)
def test_a_missing_right_is_refused(articles: Articles, company: Company, who: str, right: str) -> None:
    article = articles.draft("agent2")
    steps = {
        "write": lambda: write_article(company.call(who), Draft("甲", "乙")),
        "review": lambda: publish_article(company.call(who), article.pk),
        "manage": lambda: retire_article(company.call(who), article.pk, reason="不要"),
    }
    with pytest.raises(Forbidden):
        steps[right]()


def test_the_numbers_of_reviews_are_data_with_versions(articles: Articles, company: Company) -> None:
    numbers = {"decide_days": 1, "fresh_days": 30, "suggested": 3, "file_megabytes": 5, "files": 4}
    day = dt.date(2026, 9, 28)
    save_numbers(company.call("quality"), numbers, effective_from=day, reason="季度复核", expected=0)
    article = articles.published()
    assert article.review_on == dt.date(2026, 10, 28)
    with pytest.raises(Conflict):
        save_numbers(company.call("quality"), numbers, effective_from=day, reason="再来", expected=1)


def test_buttons_are_what_the_table_allows_and_the_person_may(articles: Articles, company: Company) -> None:
    article = articles.draft()
    assert [verb.code for verb in verbs_of(company.actor("agent"), article)] == ["save", "submit"]
    submit_article(company.call("agent"), article.pk)
    article = article_seen_by(company.actor("agent"), article.pk)
    assert [verb.code for verb in verbs_of(company.actor("agent"), article)] == []
    assert [verb.code for verb in verbs_of(company.actor("quality"), article)] == ["publish", "return"]


def test_every_state_can_be_left() -> None:
    assert all(LIFECYCLE.next(str(state)) for state in State)
