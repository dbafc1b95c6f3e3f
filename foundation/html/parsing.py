"""Markdown to tokens: the parser of each profile, its limits, and what tokens become for our pages."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from foundation.html.addresses import is_allowed
from foundation.html.errors import NestingTooDeep, TableTooWide, TextTooLong
from foundation.html.profiles import LIBRARY, MAX_CHARACTERS, MAX_NESTING, Profile, Rendition
from foundation.html.typography import french, ordinals

# Characters no HTML page may hold: controls but tab and line ends, lone surrogates, noncharacters.
_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOP_HEADING, _LAST_HEADING = 2, 4


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Let every address through: `_only_allowed_links` and `_only_our_images` judge them."""
        return True


def parse(text: str, profile: Profile, *, breaks: bool = False) -> list[Token]:
    """Give the tokens of `text`. Raises TextTooLong, NestingTooDeep, TableTooWide."""
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong(length=len(text), limit=MAX_CHARACTERS)
    tokens = parser(profile, breaks).parse(readable(text))
    _check_nesting(tokens)
    _check_tables(tokens, profile)
    return tokens


@lru_cache
def parser(profile: Profile, breaks: bool) -> MarkdownIt:
    """Make the parser of a profile once. Raw HTML is off: a tag typed in a text is shown as typed."""
    # Past its own limit the parser drops text silently; ours is lower, and says so.
    options = {"html": False, "breaks": breaks, "maxNesting": 2 * MAX_NESTING}
    markdown = _Parser("commonmark", options)
    return markdown.enable("table") if profile.table_columns else markdown


def readable(text: str) -> str:
    """Drop control characters, and put U+FFFD for half a character, which no encoding can carry."""
    return _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", text))


def adapt(tokens: list[Token], profile: Profile, images: Mapping[str, Rendition], language: str) -> None:
    """Change `tokens` in place into what our pages show: headings, links, images, and French typography."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(max(int(token.tag[1:]), _TOP_HEADING), _LAST_HEADING)
            token.tag = f"h{level}"
        if token.children:
            _make_readable(token.children)
            children = _only_our_images(token.children, images if profile.images else {})
            children = _only_allowed_links(children)
            token.children = list(_in_french(children)) if language == "fr" else children


def plain_lines(text: str) -> list[str]:
    """Give the text of each block of a Markdown text. A text past the limits is cut, never refused."""
    lines = []
    for token in parser(LIBRARY, False).parse(readable(text[:MAX_CHARACTERS])):
        if token.type == "inline":
            lines.extend(alternative_text(token.children or []).split("\n"))
        elif token.type in ("code_block", "fence"):
            lines.extend(token.content.split("\n"))
    return lines


def alternative_text(tokens: list[Token]) -> str:
    """Give the words of inline tokens, images by their own alternative text."""
    pieces = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type == "image":
            pieces.append(alternative_text(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
    return "".join(pieces)


def _check_nesting(tokens: list[Token]) -> None:
    for token in tokens:
        if token.level > MAX_NESTING or any(child.level > MAX_NESTING for child in token.children or ()):
            raise NestingTooDeep


def _check_tables(tokens: list[Token], profile: Profile) -> None:
    columns = 0
    for token in tokens:
        if token.type == "tr_open":
            columns = 0
        elif token.type in ("th_open", "td_open"):
            columns += 1
        elif token.type == "tr_close" and columns > profile.table_columns:
            raise TableTooWide(columns=columns, limit=profile.table_columns)


def _make_readable(tokens: list[Token]) -> None:
    """Drop the control characters that were typed as entities, `&#12;`."""
    for token in tokens:
        if token.type == "text":
            token.content = readable(token.content)
        elif token.children:
            _make_readable(token.children)


def _only_our_images(tokens: list[Token], images: Mapping[str, Rendition]) -> list[Token]:
    return [_our_image(token, images) if token.type == "image" else token for token in tokens]


def _our_image(token: Token, images: Mapping[str, Rendition]) -> Token:
    rendition = images.get(str(token.attrs["src"]))
    alternative = alternative_text(token.children or []).replace("\n", " ")
    if rendition is None:
        return _text(alternative, token.level)
    image = Token("image", "img", 0, level=token.level, children=[_text(alternative)])
    image.attrs = {"alt": "", **rendition.attributes()}
    return image


def _only_allowed_links(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            allowed = is_allowed(str(token.attrs["href"]))
            open_links.append(allowed)
        elif token.type == "link_close":
            allowed = open_links.pop()
        else:
            allowed = True
        if allowed:
            kept.append(token)
    return kept


def _in_french(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type != "text":
            yield token
            continue
        for piece, raised in ordinals(french(token.content)):
            if raised:
                yield Token("sup_open", "sup", 1)
            yield _text(piece)
            if raised:
                yield Token("sup_close", "sup", -1)


def _text(content: str, level: int = 0) -> Token:
    return Token("text", "", 0, content=content, level=level)
