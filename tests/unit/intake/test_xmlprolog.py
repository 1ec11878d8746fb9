from __future__ import annotations

import pytest

from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import FileHostileError, FileMalformedError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_root_is_found_when_encoded(encoding):
    assert xml_root('<!-- plan --><p:Plan xmlns:p="urn:x"/>'.encode(encoding)) == ("urn:x", "Plan")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused_when_encoded(encoding):
    with pytest.raises(FileHostileError, match="evil, line 2"):
        xml_root('<?xml version="1.0"?>\n<!DOCTYPE a><a/>'.encode(encoding), file="evil")


def test_document_type_inside_text_is_no_matter_when_it_is_data():
    assert xml_root(b"<a><![CDATA[<!DOCTYPE a>]]></a>") == ("", "a")


@pytest.mark.parametrize("data", [b"", b"no markup", b"<a", b"<!--" + b"-" * 2_000_000])
def test_content_is_refused_when_no_element_is_found(data):
    with pytest.raises(FileMalformedError, match="odd"):
        xml_root(data, file="odd")
