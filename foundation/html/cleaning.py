"""Clean HTML by an allow-list: the last word on what leaves `render`, whatever Markdown let through.

bleach gets no more releases. Everything that knows it is here; tests compare its trees with nh3's.
"""

from collections.abc import Callable, Mapping

import bleach

from foundation.html.addresses import is_allowed
from foundation.html.profiles import Profile, Rendition

PROTOCOLS = frozenset(("http", "https", "mailto", "tel"))
_MAX_LIST_START = 9  # digits

AttributeTest = Callable[[str, str, str], bool]


def clean(html: str, profile: Profile, images: Mapping[str, Rendition]) -> str:
    """Keep only what `profile` allows; a tag outside it leaves its text. No class, id or style survives."""
    return bleach.clean(
        html,
        tags=profile.tags,
        attributes=attribute_test(images),
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
    )


def attribute_test(images: Mapping[str, Rendition]) -> AttributeTest:
    """Make the test of one attribute: (tag, name, value) → kept? An `img` keeps what our renditions say."""
    of_images = {pair for rendition in images.values() for pair in rendition.attributes().items()}

    def is_kept(tag: str, name: str, value: str) -> bool:
        if tag == "a":
            return name == "href" and is_allowed(value)
        if tag == "img":
            return name == "alt" or (name, value) in of_images
        if tag == "ol":
            return name == "start" and value.isdecimal() and value.isascii() and len(value) <= _MAX_LIST_START
        return False

    return is_kept
