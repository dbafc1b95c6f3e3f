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
from resources.catalogue.anytext import Text
from resources.catalogue.errors import ImageMissing, ImageWithoutWords
from resources.catalogue.models import EditableText, Picture, Resource, Variant, VariantKey


def rendering_is_old(text: EditableText) -> bool:
    return text.renderer < RENDERER_VERSION


def fill_rendering(text: Text) -> None:
    """Set html, headings, renderer, reading time on `text`, in memory. Raises foundation.html.HtmlError."""
    rendered = render(
        text.body,
        LIBRARY,
        images=_renditions(text),
        breaks=isinstance(text, Variant) and text.key == VariantKey.SIMPLE,
        language=text.language,
    )
    text.html = rendered.html
    text.headings = [[heading.id, heading.level, heading.text] for heading in rendered.headings]
    text.renderer = rendered.version
    words = word_count(plain_text(rendered.html)) + sum(word_count(point) for point in text.en_bref)
    text.reading_minutes = reading_minutes(words)


def refuse_missing_images(text: Text, body: str) -> None:
    """Raise ImageWithoutWords for an image without alternative text (DESIGN §5, Editing), ImageMissing for
    one that `text` does not hold: added later, nobody would have read it again.
    """
    uses = image_uses(body)
    if any(not use.alternative for use in uses):
        raise ImageWithoutWords
    if {use.name for use in uses} - _renditions(text).keys():
        raise ImageMissing


def _renditions(text: Text) -> dict[str, Rendition]:
    resource_id = text.pk if isinstance(text, Resource) else text.resource_id
    if resource_id is None:
        return {}
    return {picture.name: _rendition(picture) for picture in Picture.objects.filter(resource_id=resource_id)}


def _rendition(picture: Picture) -> Rendition:
    """Name the image by an address of the site itself: the policy header allows no other (DESIGN §4)."""
    address = f"/media/{picture.file.name}"
    narrow = f"/media/{picture.small.name} 480w, {address} {picture.width}w" if picture.small else ""
    return Rendition(url=address, width=picture.width, height=picture.height, srcset=narrow)
