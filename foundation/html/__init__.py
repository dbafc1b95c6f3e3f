"""Markdown in, clean HTML out: the only door by which written text reaches a page."""

from foundation.html.errors import HtmlError, NestingTooDeep, OutputTooLarge, TableTooWide, TextTooLong
from foundation.html.parsing import readable
from foundation.html.plain import plain_text, reading_minutes, word_count
from foundation.html.profiles import LIBRARY, MAX_CHARACTERS, MESSAGE, Profile, Rendition
from foundation.html.rendering import RENDERER_VERSION, Heading, ImageUse, Rendered, image_uses, render
from foundation.html.typography import french, isolated

__all__ = [
    "LIBRARY",
    "MAX_CHARACTERS",
    "MESSAGE",
    "RENDERER_VERSION",
    "Heading",
    "HtmlError",
    "ImageUse",
    "NestingTooDeep",
    "OutputTooLarge",
    "Profile",
    "Rendered",
    "Rendition",
    "TableTooWide",
    "TextTooLong",
    "french",
    "image_uses",
    "isolated",
    "plain_text",
    "readable",
    "reading_minutes",
    "render",
    "word_count",
]
