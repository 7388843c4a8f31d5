"""The zip file that a Word document is, without the clock."""

from __future__ import annotations

import io
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can hold


def without_clock(data: bytes) -> bytes:
    """Return the same zip file with every member dated alike."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = member.external_attr
            info.create_system = 0
            target.writestr(info, source.read(member), compresslevel=6)
    return stream.getvalue()
