"""From the bytes of a list to its text: which encoding, or which other kind of file it is."""

import codecs
import io

from accounts.families.errors import UnreadableFile

# By their first bytes. Spreadsheets of today are archives, told apart by what stands in them.
KINDS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "excel",
    b"<": "xml",
    b"\xef\xbb\xbf<": "xml",
    b"\x1f\x8b": "zip",
    b"7z\xbc\xaf": "zip",
    b"Rar!": "zip",
    b"{\\rtf": "binary",
    b"\x89PNG": "binary",
    b"\xff\xd8\xff": "binary",
    b"GIF8": "binary",
}
SPREADSHEETS = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SNIFFED = 4096
AS_WINDOWS = "preau.as_windows"


def open_text(content: bytes) -> io.TextIOWrapper:
    """Return the text of a list, its ends of line as they are. Raises UnreadableFile for any other file."""
    if not content.strip():
        raise UnreadableFile("empty")
    _refuse_other_kinds(content[:SNIFFED])
    return io.TextIOWrapper(io.BytesIO(content), encoding_of(content), errors=AS_WINDOWS, newline="")


def encoding_of(content: bytes) -> str:
    """Return the encoding by its mark, else by its zeros, else UTF-8.

    What is not UTF-8 is read byte by byte as Windows-1252: its letters with accents never look like UTF-8,
    and one damaged byte leaves the others what they are.
    """
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    return _utf16(content[:SNIFFED]) or "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError) or error.encoding.startswith("utf-16"):
        return codecs.replace_errors(error)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(AS_WINDOWS, _as_windows)


def _utf16(head: bytes) -> str:
    """Latin letters in UTF-16 have a zero at every second byte."""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if half and even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _refuse_other_kinds(head: bytes) -> None:
    for first, code in KINDS.items():
        if head.startswith(first):
            is_spreadsheet = code == "zip" and any(sign in head for sign in SPREADSHEETS)
            raise UnreadableFile("excel" if is_spreadsheet else code)
