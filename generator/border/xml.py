"""The XML of office files, as a tree: well formed, of sane depth, without document type and so without entities."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from generator.border.budgets import WORD_TAGS
from generator.border.refused import BrokenError, OverBudgetError

# Comments and processing instructions are no elements, though lxml gives them where elements are expected; no office
# program shows them. Without `huge_tree`, libxml2 itself refuses more than 256 elements inside each other; the
# largest honest file has some 60, a text box in a table in a table.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


class DocumentTypeError(BrokenError):
    """A DTD: no office program writes one; they carry entities that grow without end or name other files."""


class _SeenError(Exception):
    """The first element has begun: no document type can follow."""


def parsed(data: bytes) -> etree._Element:
    """The root. Raises `BrokenError`, `DocumentTypeError`."""
    _refuse_document_type(data)
    try:
        return etree.fromstring(data, _PARSER)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenError(str(error)) from error


def _refuse_document_type(data: bytes) -> None:
    """Before libxml2 sees it: entities inside attributes are written out whatever its parser is told."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise DocumentTypeError

    def seen(*_: object) -> None:
        raise _SeenError

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = seen
    try:
        parser.Parse(data, True)
    except _SeenError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenError(str(error)) from error


class Tags:
    """Counts the tags of the parts of one file. Raises `OverBudgetError` beyond the budget."""

    def __init__(self, most: int = WORD_TAGS) -> None:
        self.most, self.count = most, 0

    def add(self, data: bytes) -> None:
        self.count += data.count(b"<")
        if self.count > self.most:
            raise OverBudgetError("标记", f"{self.count:,} 个以上", f"{self.most:,} 个")
