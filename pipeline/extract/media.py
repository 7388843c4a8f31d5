"""Which format a file has, by its content; the extension decides only between kinds of readable text."""

from __future__ import annotations

import io
import re
import zipfile

from pipeline.extract.reading import UnreadableError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"
CONVERT = "Filens format kan ikke læses ({format}): gem den som PDF eller DOCX"

_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Signatures of what people do put in such folders; other binaries are caught by their zero bytes.
_UNSUPPORTED = {
    b"{\\rtf": "RTF",
    b"GIF8": "GIF-billede",
    b"BM": "BMP-billede",
    b"Rar!": "RAR-arkiv",
    b"7z\xbc\xaf": "7-Zip-arkiv",
    b"\x1f\x8b": "gzip-arkiv",
    b"MZ": "program",
    b"\x7fELF": "program",
}
_DATA_SUFFIXES = {".csv", ".tsv", ".json", ".jsonl", ".xml", ".eml", ".ics", ".vcf", ".yaml", ".yml"}
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(rb"<(html|head|body|div|p|h[1-6]|table|ul|ol)\b", re.IGNORECASE)


def media_type(content: bytes, suffix: str) -> str:
    """Return the media type of a file's content; `suffix` is its extension in lower case, with the dot.

    UnreadableError for formats that nothing here reads, with their name.
    """
    if b"%PDF-" in content[:1024]:
        return PDF
    for signature, found in _IMAGES.items():
        if content.startswith(signature):
            return found
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip_type(content)
    if content.startswith(_OLE):
        raise _ole_error(content)
    for signature, name in _UNSUPPORTED.items():
        if content.startswith(signature) and (len(signature) > 2 or b"\x00" in content[:512]):
            raise UnreadableError("unsupported", CONVERT.format(format=name))
    return _text_type(content, suffix)


def _zip_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableError("damaged", "Word- eller ZIP-filen er beskadiget: hent eller gem den igen") from error
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return DOCX
    for start, name in (("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(entry.startswith(start) for entry in names):
            raise UnreadableError("unsupported", CONVERT.format(format=name))
    if "opendocument" in kind:
        raise UnreadableError("unsupported", CONVERT.format(format="OpenDocument"))
    raise UnreadableError(
        "unsupported", "Filen er et ZIP-arkiv og ikke et dokument: pak den ud, og læg dokumenterne i mappen"
    )


def _ole_error(content: bytes) -> UnreadableError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        reason = "Word- eller Excel-filen er beskyttet med adgangskode: gem en kopi uden adgangskode"
        return UnreadableError("locked", reason)
    is_word = "WordDocument".encode("utf-16-le") in content
    return UnreadableError(
        "unsupported", CONVERT.format(format="ældre Word, .doc" if is_word else "ældre Office-format")
    )


def _text_type(content: bytes, suffix: str) -> str:
    head = content[:4096].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    if _HTML_START.match(head) or (suffix in {".html", ".htm", ".xhtml"} and _HTML_TAG.search(head)):
        return HTML
    if suffix in _DATA_SUFFIXES:
        raise UnreadableError("unsupported", CONVERT.format(format=suffix.removeprefix(".").upper()))
    return MARKDOWN if suffix in {".md", ".markdown"} else TEXT
