"""What the library holds: resources, their variants, themes, sources and help numbers."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Values stand in the files without accents (EDITORIAL §2)."""

    GUIDE = "guide", _("Guide")
    FICHE = "fiche-outil", _("Tool sheet")
    ARTICLE = "article", _("Article")
    VIDEO = "video", _("Video")
    ACTIVITY = "activite", _("Activity")
    WORKSHOP = "atelier", _("Workshop kit")
    TOOL = "outil", _("Tool")
    LINK = "lien", _("Link")


class Audience(models.TextChoices):
    PARENTS = "parents", _("Parents")
    ELECTED = "parents-elus", _("Elected parents")
    TEACHERS = "enseignants", _("Teachers")
    DIRECTORS = "directeurs", _("Heads of school")


class Level(models.TextChoices):
    MATERNELLE = "maternelle", _("Nursery school")
    ELEMENTAIRE = "elementaire", _("Primary school")
    COLLEGE = "college", _("Lower secondary")
    LYCEE = "lycee", _("Upper secondary")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Addressee(models.TextChoices):
    DIRECTOR = "[Directeur]", _("[Head of school]")
    TEACHER = "[Enseignant]", _("[Teacher]")


class VariantKey(models.TextChoices):
    SIMPLE = "simple", _("Simple version")
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")


class LibraryVersion(models.Model):
    """One row, raised with every change a visitor can see: caches are keyed by it."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("library version")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="library_version_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Theme(models.Model):
    """A subject parents look for."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    line = models.CharField(_("one line"), max_length=160)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/themes/{self.slug}/"


class Source(models.Model):
    """An outside page the library may link to, with how well its address was checked (DOMAIN, grades)."""

    class Grade(models.TextChoices):
        READ = "A", _("A: the page was read")
        TWO_SOURCES = "B", _("B: given by an official list or two sources")

    address = models.URLField(_("address"), max_length=400, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("site"), max_length=120)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices)
    checked = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["address"]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"


class HelpNumber(models.Model):
    """A national telephone number that helps, shown on /besoin-daide/ and nowhere invented."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=80)
    line = models.CharField(_("what for, one line"), max_length=200)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("help number")
        verbose_name_plural = _("help numbers")
        ordering = ["position", "number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class EditableText(models.Model):
    """A text that curators write, have reviewed and publish; its rendering is stored beside it."""

    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    en_bref = models.JSONField(_("in short"), default=list, blank=True)
    body = models.TextField(_("text (Markdown)"), blank=True, validators=[MaxLengthValidator(20_000)])
    html = models.TextField(editable=False, blank=True)
    # [[anchor, level, text], …] of the headings, for the table of contents.
    headings = models.JSONField(default=list, editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    published = models.DateField(_("published on"), null=True, blank=True)
    reviewed = models.DateField(_("reviewed on"), null=True, blank=True)
    review_by = models.DateField(_("to be reviewed by"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    archive_at = models.DateTimeField(_("archive at"), null=True, blank=True)

    # Raised by each save; a form that comes back with an older number is told (DESIGN §5, Editing).
    edit_number = models.PositiveIntegerField(default=1, editable=False)
    # Text changed after publication and not yet accepted: {field: value}; the public page keeps its own.
    pending = models.JSONField(null=True, blank=True, editable=False)
    in_review_since = models.DateTimeField(null=True, blank=True, editable=False)
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    refusal = models.TextField(_("why it was sent back"), blank=True, editable=False)
    # The day curators were told that the review date had passed.
    review_reminded = models.DateField(null=True, blank=True, editable=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def needs_review(self) -> bool:
        """Past its review date a text stays, marked 'to be checked' (DESIGN §5, Listening)."""
        return bool(self.review_by and self.review_by < timezone.localdate())


class TextQuerySet(models.QuerySet):
    """The library's vocabulary, for resources and their variants."""

    def published(self) -> "TextQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def awaiting_review(self) -> "TextQuerySet":
        """Sent for review and not yet accepted, oldest first."""
        return self.filter(in_review_since__isnull=False, publish_at__isnull=True).order_by("in_review_since")

    def due(self, now: object) -> "TextQuerySet":
        """Accepted texts whose hour has come."""
        return self.filter(publish_at__lte=now)

    def outdated(self, now: object) -> "TextQuerySet":
        return self.published().filter(archive_at__lte=now)

    def past_review(self, today: object) -> "TextQuerySet":
        return self.published().filter(review_by__lt=today)


class Resource(EditableText):
    """One thing to read, do or open, told by a question (EDITORIAL §2)."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.GUIDE)
    addressee = models.CharField(_("addressee"), max_length=14, choices=Addressee.choices, blank=True)
    number = models.PositiveSmallIntegerField(_("number in its series"), null=True, blank=True)
    # Lists of Audience and Level values, in the order of their definitions.
    audiences = models.JSONField(_("for whom"), default=list)
    levels = models.JSONField(_("levels"), default=list)
    language = models.CharField(_("language"), max_length=5, default="fr")
    source_site = models.CharField(_("source: site"), max_length=120, blank=True)
    source_address = models.URLField(_("source: address"), max_length=400, blank=True)
    source_licence = models.CharField(_("source: licence"), max_length=80, blank=True)
    # Addresses of Source rows, in order.
    links = models.JSONField(_("outside links"), default=list, blank=True)
    competences = models.JSONField(_("competences"), default=list, blank=True)
    # A video is a link: its length in seconds, weight in bytes, and whether it has subtitles.
    media_seconds = models.PositiveIntegerField(_("length (seconds)"), null=True, blank=True)
    media_bytes = models.PositiveBigIntegerField(_("weight (bytes)"), null=True, blank=True)
    media_subtitles = models.BooleanField(_("has subtitles"), null=True, blank=True)
    featured = models.PositiveSmallIntegerField(
        _("put forward"), default=0, help_text=_("0: no. Otherwise its place on the home page.")
    )
    themes = models.ManyToManyField(Theme, through="ResourceTheme", related_name="resources")
    related = models.ManyToManyField(
        "self", through="RelatedResource", symmetrical=False, related_name="related_from"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="resource_status_known"),
            models.UniqueConstraint(
                fields=["addressee", "number"],
                condition=Q(number__isnull=False),
                name="resource_number_once_in_series",
            ),
        ]
        indexes = [
            # New and recently reviewed, on the home page and in feeds.
            models.Index(fields=["status", "-reviewed", "slug"], name="resource_recent"),
            models.Index(
                fields=["publish_at"], name="resource_publish_due", condition=Q(publish_at__isnull=False)
            ),
            models.Index(
                fields=["archive_at"], name="resource_archive_due", condition=Q(archive_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/ressources/{self.slug}/"


class ResourceTheme(models.Model):
    """A theme of a resource, in order: the first one is the breadcrumb's."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="resource_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["resource", "position"]
        constraints = [models.UniqueConstraint(fields=["resource", "theme"], name="resource_theme_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} · {self.theme_id}"


class RelatedResource(models.Model):
    """What to read next, in order."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="related_links")
    target = models.ForeignKey(Resource, models.CASCADE, related_name="related_back_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["resource", "position"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "target"], name="resource_related_once"),
            models.CheckConstraint(
                condition=~Q(resource=models.F("target")), name="resource_not_its_own_related"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} → {self.target_id}"


class Variant(EditableText):
    """The same resource in simple words or in another language."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="variants")
    key = models.CharField(_("version"), max_length=8, choices=VariantKey.choices)
    # Digest of the source text this variant was made from; another digest marks it out of date.
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    read_by = models.CharField(
        _("checked by (named readers)"),
        max_length=200,
        blank=True,
        help_text=_("Only with their recorded reading may a text be called easy to read (FALC)."),
    )

    objects = TextQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a resource")
        verbose_name_plural = _("versions of resources")
        ordering = ["resource", "key"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "key"], name="variant_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="variant_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_key_display()})"

    def get_absolute_url(self) -> str:
        return f"/ressources/{self.resource.slug}/{self.key}/"

    @property
    def language(self) -> str:
        return "fr" if self.key == VariantKey.SIMPLE else self.key


class Picture(models.Model):
    """An image of a resource's folder, re-made without metadata, with its renditions."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="pictures")
    name = models.CharField(_("file name"), max_length=80)
    file = models.FileField(upload_to="library/")
    small = models.FileField(upload_to="library/", blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    weight = models.PositiveIntegerField(help_text=_("bytes"))
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["resource", "name"]
        constraints = [models.UniqueConstraint(fields=["resource", "name"], name="picture_once")]

    def __str__(self) -> str:
        return self.name


class OldSlug(models.Model):
    """An address a resource or selection once had: it redirects for ever, or says the page was removed."""

    class Place(models.TextChoices):
        RESOURCE = "ressources", _("resource")
        COLLECTION = "selections", _("selection")
        THEME = "themes", _("theme")

    place = models.CharField(max_length=12, choices=Place.choices)
    slug = models.SlugField(max_length=80)
    # Empty: what stood there was deleted.
    target = models.SlugField(max_length=80, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["place", "slug"]
        constraints = [models.UniqueConstraint(fields=["place", "slug"], name="old_slug_once")]

    def __str__(self) -> str:
        return f"/{self.place}/{self.slug}/"


class DraftLink(models.Model):
    """A secret address to read one draft for 7 days, revocable."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="draft_links")
    # SHA-256 of the token; the token itself is shown once.
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("draft link")
        verbose_name_plural = _("draft links")
        ordering = ["-made"]

    def __str__(self) -> str:
        return f"{self.resource_id} → {self.expires:%Y-%m-%d}"
