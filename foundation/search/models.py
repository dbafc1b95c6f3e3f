"""What the two engines share: each index's state, its words, and what each document gave to them."""

from django.db import models


class SearchIndex(models.Model):
    """State of one index: its stamp changes, at random, with every write to it."""

    name = models.CharField(max_length=30, primary_key=True)
    stamp = models.BigIntegerField()
    documents = models.PositiveIntegerField(default=0)
    analyser = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """How many documents hold a spelling of a stem; the empty spelling counts the stem itself."""

    index = models.CharField(max_length=30)
    stem = models.CharField(max_length=120)
    form = models.CharField(max_length=120)
    documents = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "stem", "form"], name="search_word_once")]

    def __str__(self) -> str:
        return self.form or self.stem


class SearchDocument(models.Model):
    """The words a document added to the word table, so that they can be taken out again.

    `words` holds "form stem" pairs, one a line.
    """

    index = models.CharField(max_length=30)
    key = models.BigIntegerField()
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.index} {self.key}"
