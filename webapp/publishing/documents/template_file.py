"""Security checks of uploaded template files, before rendering.

Refuses macros, embedded objects, external resources, XML entities and oversized pictures. Problems
are codes; ``vocabulary`` has their messages.
"""

import io
import posixpath
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml import DefusedXmlException
from defusedxml import sax as safe_sax
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

from webapp.exceptions import UnreadableFileError, UnusableModelError
from webapp.platform.zip_archive import PROGRAMS, TOO_LARGE, names_of, unpack
from webapp.publishing.documents import odt_template

MAX_BYTES: Final = 8 * 1024 * 1024
_MAX_XML: Final = 16 * 1024 * 1024
_MAX_PIXELS: Final = 40_000_000
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Bytes allowed before the first tag of an XML part: blanks and byte order marks.
_BLANKS: Final = b" \t\r\n\xef\xbb\xbf\xfe\xff\x00"
_OBJECTS: Final = ("Object ", "ObjectReplacements/", "word/embeddings/", "word/activeX/")
_MEDIA: Final = ("Pictures/", "Thumbnails/", "word/media/", "media/")
_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
_NO_PICTURE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)
# Allowed Word fields, which only refer to the document; others may fetch, prompt or execute.
_FIELDS: Final = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF"),
        *("TOC", "TC", "INDEX", "XE", "SEQ", "HYPERLINK", "SYMBOL", "NUMWORDS", "NUMCHARS"),
        *("TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "DOCPROPERTY", "REVNUM"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "LASTSAVEDBY"),
    }
)
# Elements that may have external links: hyperlinks, followed only on click, and the document
# template reference, which is rewritten.
_LINKING: Final = frozenset({"a", "template"})
_EMBEDDED: Final = frozenset({"object", "object-ole", "applet", "plugin", "floating-frame"})
_EMBEDDED_TYPES: Final = ("/oleObject", "/package", "/control", "/aFChunk", "/attachedTemplate")


def check_file(data: bytes, name: str) -> None:
    """Check that an uploaded template of the format ``name`` is safe.

    Raises
    ------
    UnusableModelError
        With the code of the first problem.
    """
    if len(data) > MAX_BYTES:
        raise UnusableModelError("large")
    members = _members(data, name)
    xml = {path: content for path, content in members.items() if _is_xml(path, content)}
    if sum(map(len, xml.values())) > _MAX_XML:
        raise UnusableModelError("bomb")
    for content in xml.values():
        _check_xml(content)
    if name == "docx" and _WORD.encode() not in members.get("[Content_Types].xml", b""):
        raise UnusableModelError("kind")
    for path in members:
        if path.startswith(_MEDIA) and members[path]:
            _check_picture(members[path])


def _is_xml(path: str, content: bytes) -> bool:
    """Whether a part may be parsed as XML, whatever its extension."""
    return path.endswith((".xml", ".rels")) or content.lstrip(_BLANKS)[:1] == b"<"


def _members(data: bytes, name: str) -> Mapping[str, bytes]:
    try:
        names = names_of(data)
        if any(path.startswith(PROGRAMS) for path in names):
            raise UnusableModelError("macro")
        if any(path.startswith(_OBJECTS) for path in names):
            raise UnusableModelError("object")
        return dict(unpack(data, mimetype=odt_template.MIMETYPE if name == "odt" else ""))
    except UnreadableFileError as error:
        raise UnusableModelError("bomb" if TOO_LARGE in str(error) else "kind") from error


def _check_xml(content: bytes) -> None:
    reader = safe_sax.make_parser()
    reader.forbid_dtd = True
    reader.setFeature(feature_namespaces, 1)
    handler = _SafetyHandler()
    reader.setContentHandler(handler)
    try:
        reader.parse(io.BytesIO(content))
    except DefusedXmlException as error:
        raise UnusableModelError("entity") from error
    except (SAXException, ValueError, LookupError) as error:
        raise UnusableModelError("kind") from error
    handler.close()


class _SafetyHandler(ContentHandler):
    """SAX handler that refuses scripts, embedded objects, external content and unsafe fields."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[str] = []  # stack of open fields
        self._in_instruction = False

    def startElementNS(  # noqa: N802 - the name that SAX calls
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        """Check one element."""
        del qname
        local, values = name[1], {key[1]: value for key, value in attrs.items()}
        for problem in _problems(local, values):
            raise UnusableModelError(problem)
        self._in_instruction = local == "instrText"
        if local == "fldChar":
            self._track_field(values.get("fldCharType", ""))
        if "instr" in values:
            _check_field(values["instr"])

    def _track_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            _check_field(self._fields.pop())

    def close(self) -> None:
        """Check the unclosed fields."""
        for field in self._fields:
            _check_field(field)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802 - idem
        """End the instruction text."""
        del name, qname
        self._in_instruction = False

    def characters(self, content: str) -> None:
        """Collect the instruction of a field, which may be split into several runs."""
        if not self._in_instruction:
            return
        if not self._fields:  # instruction outside any field
            self._fields.append("")
        self._fields[-1] += content


def _check_field(instruction: str) -> None:
    """Refuse a field that is not in the allow list, ignoring case and arguments."""
    if "".join(instruction.split(maxsplit=1)[:1]).upper() not in _FIELDS:
        raise UnusableModelError("link")


def _problems(local: str, values: Mapping[str, str]) -> Iterator[str]:
    kind, href = values.get("Type", ""), values.get("href", "")
    if local in {"event-listener", "script"} or "macroEnabled" in values.get("ContentType", ""):
        yield "macro"
    if kind.endswith("/vbaProject"):
        yield "macro"
    if local in _EMBEDDED or kind.endswith(_EMBEDDED_TYPES):
        yield "object"
    fetched = values.get("TargetMode") == "External" and not kind.endswith("/hyperlink")
    if fetched or local.startswith("dde-") or (local not in _LINKING and _is_external(href)):
        yield "link"


def _is_external(href: str) -> bool:
    return ":" in href or href.startswith(("/", "\\")) or ".." in posixpath.normpath(href or ".")


def _check_picture(content: bytes) -> None:
    try:
        picture = Image.from_blob(content)
        pixels, kind = picture.px_width * picture.px_height, picture.content_type
    except _NO_PICTURE as error:
        raise UnusableModelError("picture") from error
    if kind not in _PICTURES or not 0 < pixels <= _MAX_PIXELS:
        raise UnusableModelError("picture")
