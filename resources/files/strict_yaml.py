"""A small and strict YAML: plain values only, each with its line, nothing guessed, nothing executed."""

import yaml

from resources.files.findings import BadFiles, Finding
from resources.files.findings import marked as _

MAX_CHARACTERS = 200_000
MAX_DEPTH = 6


def load(text, path, first_line=1):
    """Return (value, lines): the value of a YAML text, and {path of keys and indexes: line in the file}.

    Refused, as BadFiles: tags, anchors, aliases, keys twice, keys that are not text, two documents,
    deep nesting. Dates stay `datetime.date`.
    """
    reader = _Reader(path, first_line)
    try:
        return reader.read(text), reader.lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise reader.bad(
            line, _("This YAML cannot be read: %(detail)s."), detail=error.problem or ""
        ) from error
    except yaml.reader.ReaderError as error:
        line = first_line + text[: error.position].count("\n")
        raise reader.bad(line, _("This character is not allowed in YAML.")) from error
    except RecursionError as error:
        raise reader.bad(first_line, _("These values are nested too deeply.")) from error


class _Reader:
    """Walks the node tree of one text; remembers where each value stands."""

    def __init__(self, path, first_line):
        self.path = path
        self.first_line = first_line
        self.lines = {}

    def bad(self, line, msgid, **params):
        return BadFiles([Finding(self.path, line, "", msgid, params)])

    def line_of(self, mark):
        return self.first_line + mark.line

    def read(self, text):
        if len(text) > MAX_CHARACTERS:
            raise self.bad(self.first_line, _("This file is too long."))
        self._refuse_tags_and_aliases(text)
        self.loader = yaml.SafeLoader(text)
        try:
            node = self.loader.get_single_node()
            return None if node is None else self._value(node, ())
        finally:
            self.loader.dispose()

    def _refuse_tags_and_aliases(self, text):
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = self.line_of(event.start_mark)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise self.bad(
                    line, _("YAML anchors and aliases (& and *) are not allowed: quote this value.")
                )
            if getattr(event, "tag", None):
                raise self.bad(line, _("YAML tags (!) are not allowed: quote this value."))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise self.bad(line, _("These values are nested too deeply."))

    def _value(self, node, where):
        self.lines.setdefault(where, self.line_of(node.start_mark))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*where, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node, where):
        values = {}
        for key_node, value_node in node.value:
            line = self.line_of(key_node.start_mark)
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or not isinstance(key, str):
                raise self.bad(line, _("A key must be a word."))
            if key in values:
                raise self.bad(line, _("The key “%(key)s” is there twice."), key=key)
            self.lines[(*where, key)] = line
            values[key] = self._value(value_node, (*where, key))
        return values

    def _scalar(self, node):
        try:
            return self.loader.construct_object(node)
        except (ValueError, OverflowError) as error:
            line = self.line_of(node.start_mark)
            raise self.bad(line, _("“%(value)s” is not a possible value."), value=node.value[:40]) from error


def scalar(value):
    """Return the canonical bare form of a word, a date or a number; quoted when bare would read otherwise."""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if not isinstance(value, str) or _reads_as_itself(text):
        return text
    return quoted(text)


def quoted(text):
    """Return the canonical double-quoted form of a text, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_escape(character) for character in escaped) + '"'


def _escape(character):
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF):
        return f"\\u{code:04x}"
    return character


def _reads_as_itself(text):
    if not text or not all(character.isalnum() or character in "-_" for character in text) or text[0] == "-":
        return False
    return yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str"
