"""What each kind of text may hold: one allow-list a profile, and the limits all share (DESIGN §4)."""

from dataclasses import dataclass

MAX_CHARACTERS = 20_000
MAX_BYTES = 64_000
MAX_NESTING = 16

_PROSE = frozenset(
    (
        "p",
        "br",
        "hr",
        "strong",
        "em",
        "sup",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "h2",
        "h3",
        "h4",
    )
)
_TABLE = frozenset(("table", "thead", "tbody", "tr", "th", "td"))


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of text. `table_columns` 0: a table stays the text it was typed as."""

    name: str
    tags: frozenset[str]
    table_columns: int = 0
    images: bool = False
    heading_ids: bool = False


MESSAGE = Profile("message", _PROSE)
LIBRARY = Profile("library", _PROSE | _TABLE | {"img"}, table_columns=12, images=True, heading_ids=True)


@dataclass(frozen=True, slots=True)
class Rendition:
    """An image of ours as a page serves it: address, size in pixels, optionally wider copies (srcset)."""

    url: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = "(min-width: 43rem) 40rem, 100vw"

    def attributes(self) -> dict[str, str]:
        """Give the attributes of its `img`, without the alternative text, which the text gives."""
        attributes = {
            "src": self.url,
            "width": str(self.width),
            "height": str(self.height),
            "loading": "lazy",
        }
        if self.srcset:
            attributes |= {"srcset": self.srcset, "sizes": self.sizes}
        return attributes
