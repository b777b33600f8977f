"""An article and the versions of its text, and who may see it."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.knowledge.rules.states import STATE_LABELS, STATE_TONES, State, standing
from huiyin.knowledge.rules.texts import Draft, in_language
from huiyin.organisation.public import Department, Staff


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, by who may see them and by what is to be done."""

    def visible_to(self, actor: Actor) -> ArticleQuerySet:
        """What the actor may see.

        Staff see what is in use for all staff or their department, and every draft they may write on; what is for a
        department alone stays there, but for those who manage the knowledge. Customers see public articles in use.
        """
        if actor.kind is ActorKind.CUSTOMER:
            return self.in_use().filter(visibility="public")
        if actor.may("knowledge.manage"):
            return self
        seen = self.filter(
            ~Q(visibility="department") | Q(department_id__in=actor.department_ids) | Q(author_id=actor.id)
        )
        return seen if actor.may("knowledge.write") else seen.in_use()

    def in_use(self) -> ArticleQuerySet:
        """Those with a published text that are not retired."""
        return self.filter(shown__isnull=False).exclude(state=State.RETIRED)


class Article(Recorded):
    """Something the company knows. ``newest`` is the text in work, ``shown`` the one in use (None: never published).

    Whom it is for and what it is about are those of the text in use, before the first one those of the draft.
    """

    state = models.CharField(max_length=10, default=State.DRAFT)
    newest = models.ForeignKey("knowledge.ArticleText", null=True, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey("knowledge.ArticleText", null=True, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=10, default="staff")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    products = ArrayField(models.CharField(max_length=80), default=list)
    problem_types = ArrayField(models.CharField(max_length=40), default=list)
    author = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True, help_text="When it is looked at again.")
    source = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    useful = models.PositiveIntegerField(default=0)
    useless = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    objects = ArticleQuerySet.as_manager()

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="article_newest"),
            models.Index(fields=["state", "-changed_at", "-id"], name="article_state"),
            models.Index(fields=["review_on", "id"], name="article_review", condition=Q(state="published")),
            models.Index(fields=["source", "source_id"], name="article_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    def standing(self, today: date) -> tuple[str, str]:
        """The state as people see it on a day: label (message id) and tone."""
        code = standing(self.state, self.review_on, today)
        return STATE_LABELS[code], STATE_TONES[code]


class ArticleText(Recorded):
    """One version of an article's text in Markdown, with whom it is for; ``author`` may not publish it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    visibility = models.CharField(max_length=10, default="staff")
    products = ArrayField(models.CharField(max_length=80), default=list)
    problem_types = ArrayField(models.CharField(max_length=40), default=list)
    author = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "version"], name="article_version")]

    def __str__(self) -> str:
        return f"{self.title or self.title_en} v{self.version}"

    def said(self, language: str) -> tuple[str, str]:
        """Title and text in a language, in the other one where it is missing."""
        return in_language(self.draft, language)

    @property
    def draft(self) -> Draft:
        """What this version says and whom it is for."""
        return Draft(
            title=self.title,
            text=self.text,
            title_en=self.title_en,
            text_en=self.text_en,
            products=tuple(self.products),
            problem_types=tuple(self.problem_types),
            visibility=self.visibility,
        )
