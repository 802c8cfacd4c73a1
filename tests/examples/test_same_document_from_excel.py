"""Each example as a workbook: the same facts and the same document as from its YAML, apart from the places."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from generator.cli import main
from generator.facts.fact import Day, walk
from generator.pack import PackRoots
from generator.pipeline import Examined, Wanted, build_word, examine
from generator.quantity import Quantity
from generator.writers.outline import write_outline

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = sorted(path.name for path in INPUTS.iterdir() if path.is_dir())
ROOTS = PackRoots.with_own(())


@pytest.fixture(scope="session")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Examined, Examined]]:
    """Of each example what the YAML gives and what the workbook gives."""
    pairs: dict[str, tuple[Examined, Examined]] = {}
    for name in EXAMPLES:
        from_yaml = examine(INPUTS / name, ROOTS).value
        assert from_yaml is not None
        book = tmp_path_factory.mktemp(name) / "填报.xlsx"
        with pytest.raises(SystemExit) as end:
            main(["new", from_yaml.case.pack.name, "--example", str(INPUTS / name), "-o", str(book)])
        assert end.value.code == 0
        from_excel = examine(book.parent, ROOTS).value
        assert from_excel is not None
        pairs[name] = from_yaml, from_excel
    return pairs


def said(examined: Examined) -> list[tuple[str, str, str, object]]:
    found: list[tuple[str, str, str, object]] = []
    for one in walk(examined.case.facts):
        value: object = str(one) if isinstance(one, str | Day) else ""
        if isinstance(one, Quantity):
            value = (one.value, one.unit, one.error)
        found.append((type(one).__name__, one.name, one.label, value))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_facts(name: str, twins: dict[str, tuple[Examined, Examined]]) -> None:
    from_yaml, from_excel = twins[name]
    assert said(from_excel) == said(from_yaml)
    places = {one.place for one in walk(from_excel.case.facts) if isinstance(one, Quantity) and one.origin is None}
    assert {place.file for place in places if place} == {"填报.xlsx"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_document(name: str, twins: dict[str, tuple[Examined, Examined]]) -> None:
    from_yaml, from_excel = twins[name]
    assert write_outline(from_excel.document) == write_outline(from_yaml.document)


def without_places(docx: bytes) -> dict[str, bytes]:
    """The parts, without what the facts part keeps of where the figures stood and of the input's hash."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, data in parts.items():
        if name.startswith("customXml/"):
            text = re.sub(r"<(place|inputs)>[^<]*</", r"<\1></", data.decode())
            parts[name] = text.encode()
    return parts


def test_the_same_word_file_apart_from_the_places(twins: dict[str, tuple[Examined, Examined]]) -> None:
    from_yaml, from_excel = twins["gongjing-2020"]
    one = build_word(from_yaml.document, from_yaml.case.pack, Wanted(publish=True)).value
    two = build_word(from_excel.document, from_excel.case.pack, Wanted(publish=True)).value
    assert one is not None and two is not None
    assert one.docx == two.docx
    kept = [build_word(made.document, made.case.pack).value for made in (from_yaml, from_excel)]
    assert kept[0] is not None and kept[1] is not None
    left, right = without_places(kept[0].docx), without_places(kept[1].docx)
    assert left.keys() == right.keys()
    assert [name for name in left if left[name] != right[name]] == []
