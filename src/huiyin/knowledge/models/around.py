"""What stands around an article: the words it is found by, votes, uses, files, and the numbers of reviews."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.knowledge.models.article import Article, ArticleText
from huiyin.knowledge.rules.files import PICTURE
from huiyin.knowledge.rules.numbers import ReviewNumbers
from huiyin.organisation.public import Department, Staff


class ArticleWords(models.Model):
    """The words an article in use is found by; titles apart, because they are looked at first."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE, related_name="words")
    visibility = models.CharField(max_length=10)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    in_title = SearchVectorField()
    in_text = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["in_title"], name="article_title_words", fastupdate=False),
            GinIndex(fields=["in_text"], name="article_text_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ArticleVote(models.Model):
    """Whether one version of an article helped one person; a second vote replaces the first."""

    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    useful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "person"], name="article_vote_once")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.useful}"


class ArticleUse(models.Model):
    """An article helped with a record (``subject`` is a model's label)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uses")
    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "article"], name="article_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.subject} {self.subject_id}"


class ArticleFile(models.Model):
    """A file of an article's versions from ``since`` on; ``until`` is the first one without it (None: there is none).

    ``digest`` is the SHA-256 of its content, ``path`` its place in the store.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    since = models.PositiveIntegerField(default=1)
    until = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "digest"], condition=models.Q(until=None), name="article_file_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it is shown with the text instead of being taken away."""
        return self.media_type == PICTURE


class KnowledgeNumbers(Recorded, Settled):
    """One version of the numbers of reviews."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    numbers = models.JSONField(default=dict)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def of_reviews(self) -> ReviewNumbers:
        """The numbers themselves."""
        return ReviewNumbers.of(self.numbers)
