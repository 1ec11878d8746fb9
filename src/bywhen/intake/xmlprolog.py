"""The start of an XML document: its root element, found without reading further, and never past a document type.

A document type declaration is all that external entities and entity bombs need, and no plan or invoice has use for
one; therefore its mere presence is refused. What does not live here: reading the elements themselves.
"""

from __future__ import annotations

from xml.parsers import expat

from bywhen.intake import limits
from bywhen.kernel.errors import FileHostileError, FileMalformedError

_CHUNK = 64 * 1024


class _RootMet(Exception):  # noqa: N818 - a signal out of the parser, no error
    """Carries the root's name out of the parser."""


class _DoctypeMet(Exception):  # noqa: N818 - a signal out of the parser, no error
    """The document declares a type."""


def _root(name: str, _attributes: dict[str, str]) -> None:
    raise _RootMet(name)


def _doctype(*_declaration: object) -> None:
    raise _DoctypeMet


def xml_root(data: bytes, *, file: str = "") -> tuple[str, str]:
    """The root element as (namespace, local name).

    Raises:
        FileHostileError: when the document declares a type (DTD), whatever the type says.
        FileMalformedError: when there is no root element.

    >>> xml_root(b'<Project xmlns="urn:x"/>')
    ('urn:x', 'Project')
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _root
    parser.StartDoctypeDeclHandler = _doctype
    try:
        for start in range(0, min(len(data), limits.XML_PROLOG_BYTES), _CHUNK):
            parser.Parse(data[start : start + _CHUNK], False)
        if len(data) <= limits.XML_PROLOG_BYTES:
            parser.Parse(b"", True)
    except _RootMet as met:
        namespace, _, local = str(met).rpartition(" ")
        return namespace, local
    except _DoctypeMet:
        raise FileHostileError(
            "the document declares a type (DTD) or entities",
            file=file,
            place=f"line {parser.CurrentLineNumber}",
            remedy="Save it again without the <!DOCTYPE ...> part.",
        ) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileMalformedError(
            f"it is not well-formed XML ({error})", file=file, remedy="Save or send the file again."
        ) from error
    raise FileMalformedError("its first megabyte holds no XML element", file=file, remedy="Save it again.")
