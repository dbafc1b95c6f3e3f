"""Selections: resources put together by curators, each with the reason it is there."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.catalogue.models import Resource, Status


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Selections a visitor may see."""

    def published(self) -> "CollectionQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def current(self) -> "CollectionQuerySet":
        """Published and inside their period."""
        today = timezone.localdate()
        return self.published().filter(
            Q(starts__isnull=True) | Q(starts__lte=today), Q(ends__isnull=True) | Q(ends__gte=today)
        )

    def in_order(self) -> "CollectionQuerySet":
        """What is put forward first, then by title."""
        last = models.Case(models.When(featured=0, then=1), default=0)
        return self.order_by(last, "featured", "title")


class Collection(models.Model):
    """An introduction and an ordered list of resources."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    introduction = models.TextField(_("introduction (Markdown)"), validators=[MaxLengthValidator(4_000)])
    html = models.TextField(editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    published = models.DateField(_("published on"), null=True, blank=True)
    starts = models.DateField(_("shown from"), null=True, blank=True)
    ends = models.DateField(_("shown until"), null=True, blank=True)
    featured = models.PositiveSmallIntegerField(
        _("put forward"), default=0, help_text=_("0: no. Otherwise its place on the home page.")
    )
    edit_number = models.PositiveIntegerField(default=1, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="collection_status_known"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=models.F("ends")),
                name="collection_period_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/selections/{self.slug}/"


class CollectionItem(models.Model):
    """One resource of a selection and why it is advised."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="collection_items")
    note = models.CharField(_("why we advise it"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("resource of the selection")
        verbose_name_plural = _("resources of the selection")
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "resource"], name="collection_resource_once")
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} · {self.resource_id}"
