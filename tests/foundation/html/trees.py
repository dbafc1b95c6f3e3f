"""What a browser would make of a piece of HTML, and whether it is only what our pages may hold."""

import html5lib

from foundation.html.addresses import is_allowed
from foundation.html.profiles import Profile

_HTML = "{http://www.w3.org/1999/xhtml}"
_LINK = {"href", "rel"}
_IMAGE = {"src", "alt", "width", "height", "loading", "srcset", "sizes"}


def tree(markup: str) -> list:
    """Give the parsed tree as nested lists: [tag, sorted attributes, text, children…, tail]."""
    return _node(html5lib.parseFragment(markup, treebuilder="etree"))


def faults(markup: str, profile: Profile, image_addresses: frozenset[str] = frozenset()) -> list[str]:
    """List what `markup`, parsed as a browser does, holds beyond `profile`."""
    found = []
    for element in html5lib.parseFragment(markup, treebuilder="etree").iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        tag = element.tag.removeprefix(_HTML)
        if tag not in profile.tags:
            found.append(f"element {tag}")
        found += [
            f"{tag} {name}={value!r}"
            for name, value in element.attrib.items()
            if not _fits(tag, name, value, image_addresses)
        ]
    return found


def _fits(tag: str, name: str, value: str, image_addresses: frozenset[str]) -> bool:
    match tag, name:
        case "a", "href":
            return is_allowed(value)
        case "a", "rel":
            return value == "noopener noreferrer"
        case "img", "src":
            return value in image_addresses
        case "img", _:
            return name in _IMAGE
        case "ol", "start":
            return value.isdecimal()
        case "th", "scope":
            return value == "col"
        case (("h2" | "h3" | "h4"), "id"):
            return value.startswith("s-") and value.isascii()
    return False


def _node(element) -> list:
    attributes = sorted(element.attrib.items())
    return [str(element.tag), attributes, element.text or "", *map(_node, element), element.tail or ""]
