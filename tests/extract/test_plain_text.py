from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError
from pipeline.extract.plain_text import decode

DANISH = "Rødgrød med fløde – Ældrerådet på Åvej spørger: “Hvornår?”\r\n\r\nSærlige tiltag følger.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_gives_the_same_text_with_its_line_ends(encoding):
    assert decode(DANISH.encode(encoding)) == DANISH


@pytest.mark.parametrize("encoding", ["latin-1", "mac_roman", "cp850", "cp865"])
def test_eight_bit_encodings_are_told_apart_by_the_danish_letters(encoding):
    text = "Rødgrød med fløde, og på Åvej spørger Ældrerådet efter særlige tiltag.\n"
    assert decode(text.encode(encoding)) == text


def test_utf8_with_a_stray_byte_keeps_its_letters():
    assert decode("Børn og æbler på ø".encode() + b" \x96 og mere") == "Børn og æbler på ø – og mere"


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x00\x01\x02" * 500, b"abc\x00def" * 99])
def test_binary_data_is_refused(content):
    with pytest.raises(DocumentError, match="binære"):
        decode(content)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_is_never_altered(text):
    assert decode(text.encode()) == text.removeprefix("\ufeff")
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
