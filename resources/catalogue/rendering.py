"""Turn a text's Markdown into the HTML stored beside it."""

from foundation.html import (
    LIBRARY,
    RENDERER_VERSION,
    Rendition,
    image_uses,
    plain_text,
    reading_minutes,
    render,
    word_count,
)
from resources.catalogue.errors import ImageWithoutWords
from resources.catalogue.models import EditableText, Picture, Resource, Variant, VariantKey


def rendering_is_old(text: EditableText) -> bool:
    return text.renderer < RENDERER_VERSION


def fill_rendering(text: EditableText) -> None:
    """Set html, headings, renderer, reading time on `text`, in memory. Raises foundation.html.HtmlError."""
    language: str = text.language  # type: ignore[attr-defined]  # each kind of text has one
    rendered = render(
        text.body,
        LIBRARY,
        images=_renditions(text),
        breaks=isinstance(text, Variant) and text.key == VariantKey.SIMPLE,
        language=language,
    )
    text.html = rendered.html
    text.headings = [[heading.id, heading.level, heading.text] for heading in rendered.headings]
    text.renderer = rendered.version
    words = word_count(plain_text(rendered.html)) + sum(word_count(point) for point in text.en_bref)
    text.reading_minutes = reading_minutes(words)


def refuse_images_without_words(body: str) -> None:
    """Raise ImageWithoutWords when an image has no alternative text (DESIGN §5, Editing)."""
    if any(not use.alternative for use in image_uses(body)):
        raise ImageWithoutWords


def _renditions(text: EditableText) -> dict[str, Rendition]:
    resource_id = text.pk if isinstance(text, Resource) else text.resource_id  # type: ignore[attr-defined]
    if resource_id is None:
        return {}
    return {
        picture.name: Rendition(url=picture.file.url, width=picture.width, height=picture.height)
        for picture in Picture.objects.filter(resource_id=resource_id)
    }
