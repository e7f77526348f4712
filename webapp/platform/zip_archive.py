"""Reproducible ZIP containers (ODT, ODS, DOCX), and safe reading of untrusted ones."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from webapp.exceptions import UnreadableFileError

# Fixed timestamp, the earliest of the format, so that equal documents have equal bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
TOO_LARGE = "too large once unpacked"
_MAX_SIZE = 64 * 1024 * 1024
_MAX_MEMBERS = 1_000
# Folders where office suites store macros.
PROGRAMS = ("Basic/", "Scripts/", "word/vba")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)
_UNIX = 3
_PERMISSIONS = 0o644 << 16


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of ``members`` in this order; ``mimetype`` is stored uncompressed.

    OpenDocument requires the latter, so that the type can be read at a fixed offset.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = _UNIX
            info.external_attr = _PERMISSIONS
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def names_of(data: bytes) -> tuple[str, ...]:
    """Return the names of the members of a ZIP, macros included.

    Raises
    ------
    UnreadableFileError
        If it is not a ZIP.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except _BROKEN as error:
        raise UnreadableFileError(str(error)) from error


def unpack(data: bytes, mimetype: str = "") -> tuple[tuple[str, bytes], ...]:
    """Return the members of a ZIP in order, without macros.

    Parameters
    ----------
    data : bytes
        The file, untrusted.
    mimetype : str
        Expected content of its ``mimetype`` member; not checked by default.

    Raises
    ------
    UnreadableFileError
        If it is not a ZIP of this type, repeats or escapes paths, or is too large unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.filename.startswith(PROGRAMS)]
            if len(infos) > _MAX_MEMBERS or sum(info.file_size for info in infos) > _MAX_SIZE:
                raise UnreadableFileError(TOO_LARGE)
            if len({info.filename for info in infos}) != len(infos) or any(map(_escapes, infos)):
                raise UnreadableFileError("names that repeat or lead elsewhere")
            members = tuple((info.filename, _content(archive, info)) for info in infos)
    except _BROKEN as error:
        raise UnreadableFileError(str(error)) from error
    if mimetype and dict(members).get("mimetype", b"").decode("ascii", "replace") != mimetype:
        raise UnreadableFileError("another kind of file")
    return members


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a member, reading at most one byte more than its declared size."""
    with archive.open(info) as member:
        return member.read(info.file_size + 1)


def _escapes(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def repack(data: bytes) -> bytes:
    """Return ``data`` with fixed timestamps."""
    return pack(unpack(data))
