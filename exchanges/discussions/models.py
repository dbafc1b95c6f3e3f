"""Topics, the messages under them, and what belongs to a message (RULES §2)."""

import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.schools.models import Membership
from accounts.schools.scope import ScopedQuerySet
from exchanges.groups.models import Group
from foundation.keyed import Keyed
from foundation.keys import random_key
from foundation.uploads.serving import PICTURE


class TopicQuerySet(ScopedQuerySet):
    """Discussions by whether anybody sees them yet."""

    def shown(self) -> Self:
        """Those whose first message was shown once."""
        return self.filter(is_visible=True)


class Topic(Keyed):
    """A discussion of a group. `last_number` counts its messages as they become visible; never used twice."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        INFORMATION = "information", _("information")
        RESOURCE = "ressource", _("something to read")
        ORGANISING = "organisation", _("to organise")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SOLVED = "solved", _("solved")
        CLOSED = "closed", _("closed")

    group = models.ForeignKey(Group, models.CASCADE, related_name="topics", verbose_name=_("group"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    title = models.CharField(_("title"), max_length=120)
    # Its first message is hidden or gone, and the title with it: `shown_title` is what anybody reads.
    hides_title = models.BooleanField(default=False)
    # None: asked without a name (AnonymousAuthor), or the author is gone.
    author = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    author_hat = models.CharField(max_length=10, blank=True)
    is_anonymous = models.BooleanField(_("without a name"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    # Everything under it is read before it is shown, by a decision.
    moderated_first = models.BooleanField(default=False)
    # A resource of the library this discussion started from, by its slug: no key reaches down or up.
    resource = models.SlugField(max_length=80, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    solution = models.PositiveIntegerField(_("number of the answer"), null=True, blank=True)
    pinned = models.DateTimeField(_("pinned"), null=True, blank=True)
    is_visible = models.BooleanField(default=False)
    created = models.DateTimeField(_("created"), default=timezone.now)
    active = models.DateTimeField(_("last message"), default=timezone.now)
    client_key = models.CharField(max_length=36, blank=True)

    SCHOOL_PATH = "group__school"
    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["-active", "-pk"]
        indexes = [
            models.Index(
                # The last two serve to count without reading the rows.
                fields=["group", "active", "id", "pinned", "is_visible"],
                condition=models.Q(is_visible=True, pinned__isnull=True),
                name="topics_listed",
            ),
            models.Index(
                fields=["group", "pinned"], condition=models.Q(pinned__isnull=False), name="topics_pinned"
            ),
            # Questions that nobody answered, for whoever runs the group.
            models.Index(
                fields=["group", "created"],
                condition=models.Q(is_visible=True, kind="question", state="open", last_number=1),
                name="topics_unanswered",
            ),
            # What began since somebody came (exchanges.letter).
            models.Index(
                fields=["group", "created"], condition=models.Q(is_visible=True), name="topics_begun"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """The title, or words in its place while the first message is hidden or gone."""
        return title_shown(self.title, hidden=self.hides_title)

    def is_paused(self, now: datetime.datetime | None = None) -> bool:
        return self.paused_until is not None and self.paused_until > (now or timezone.now())


def title_shown(title: str, *, hidden: bool) -> str:
    """What anybody reads as the title of a discussion."""
    return gettext("Discussion whose question is no longer shown") if hidden else title


class PostQuerySet(ScopedQuerySet):
    """Messages by who may see them."""

    def of_topic(self, topic: Topic) -> Self:
        return self.filter(topic=topic)

    def of_group(self, group: Group) -> Self:
        return self.filter(topic__group=group)

    def lines(self) -> Self:
        """Those that stand in a discussion, be it by the line that is left of them."""
        return self.filter(number__isnull=False)

    def visible(self) -> Self:
        return self.filter(state=Post.State.VISIBLE)

    def waiting(self) -> Self:
        """Those that somebody must read before they are shown."""
        return self.filter(state=Post.State.HELD)


class Post(Keyed):
    """One message. Held ones have no number; an end state leaves its line in place."""

    class State(models.TextChoices):
        HELD = "held", _("waits to be read")
        VISIBLE = "visible", _("shown")
        RETURNED = "returned", _("sent back to its author")
        HIDDEN = "hidden", _("hidden")
        REWRITE = "rewrite", _("to be rewritten")
        REMOVED = "removed", _("removed")
        WITHDRAWN = "withdrawn", _("taken back by its author")
        ERASED = "erased", _("erased with its author")

    PAGE = 20

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts", verbose_name=_("discussion"))
    key = models.CharField(max_length=8, unique=True, default=random_key)
    number = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("author")
    )
    author_hat = models.CharField(max_length=10, blank=True)
    is_anonymous = models.BooleanField(default=False)
    text = models.TextField(_("message"), max_length=10_000, blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=0)
    quotes = models.PositiveIntegerField(_("answers the message"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.VISIBLE)
    created = models.DateTimeField(_("written"), default=timezone.now)
    shown = models.DateTimeField(_("shown since"), null=True, blank=True)
    edited = models.DateTimeField(_("changed"), null=True, blank=True)
    # Written by moderation's calls (RULES §8): a report is open since; kept or shown again by a decision on a
    # report, after which numbers hide it no more unless it was changed since (RULES §4).
    review_due = models.DateTimeField(null=True, blank=True)
    judged = models.DateTimeField(null=True, blank=True)
    # The number of the last decision told to its author, where the page leads them.
    decision = models.PositiveIntegerField(null=True, blank=True)
    has_files = models.BooleanField(default=False)
    client_key = models.CharField(max_length=36, blank=True)

    SCHOOL_PATH = "topic__group__school"
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "number"], condition=models.Q(number__isnull=False), name="post_number_once"
            ),
            models.UniqueConstraint(
                fields=["author", "client_key"], condition=~models.Q(client_key=""), name="post_sent_once"
            ),
        ]
        # Of the few that are not shown: one of all states would be taken for a short way to the many.
        indexes = [
            models.Index(fields=["topic", "created"], condition=models.Q(state="held"), name="posts_held"),
            models.Index(
                fields=["topic"],
                condition=models.Q(state__in=["held", "returned", "rewrite"]),
                name="posts_their_author_sees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number or self.key}"


class Revision(models.Model):
    """A text a message had before it was changed; gone when the message is removed or erased."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "post__topic__group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.post_id)


class AnonymousAuthor(models.Model):
    """Who wrote a message without a name: three actions read it, and nothing else (RULES §2)."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    person = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    # As `Follow.told`: a row there would say who asks.
    told = models.DateTimeField(null=True, blank=True)

    SCHOOL_PATH = "post__topic__group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("author without a name")
        verbose_name_plural = _("authors without a name")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.post_id)


class Thanks(models.Model):
    """Told to the author in the letter, with the name; counted nowhere."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "post__topic__group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="thanked_once")]

    def __str__(self) -> str:
        return str(self.post_id)


class Follow(models.Model):
    """Whether a person is mailed of new messages here; one's own question is followed from the start."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="follows")
    person = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=True)
    # The first reply to my question was told at once; later ones go together next day (RULES §1).
    told = models.DateTimeField(null=True, blank=True)

    SCHOOL_PATH = "topic__group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed discussion")
        verbose_name_plural = _("followed discussions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="followed_once")]

    def __str__(self) -> str:
        return str(self.topic_id)


class Attachment(models.Model):
    """A file of a message, re-made without metadata, served through the policy only (RULES §2)."""

    MOST_A_POST = 4
    MOST_BYTES = 20_000_000
    MOST_A_MEMBER = 200_000_000

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments", null=True, blank=True)
    # Before the message is sent: a draft's file belongs to who uploaded it.
    uploader = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=120)
    stored = models.CharField(max_length=80)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(_("what it shows"), max_length=200, blank=True)
    added = models.DateTimeField(default=timezone.now)

    SCHOOL_PATH = "post__topic__group__school"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Of one format, ours; all else is a document to download."""
        return self.content_type == PICTURE
