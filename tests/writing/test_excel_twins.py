"""The same office's year, once typed into YAML and once into the workbook: the same findings, the same Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from excel_twins import BOOK, INPUTS, case_of, found_in, twin_of

from generator.pipeline import make_document
from generator.writers.docx import write_docx

FOLDERS = sorted(path for path in INPUTS.iterdir() if any(path.glob("*.yaml")))


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder with YAML files, and one with nothing but the workbook."""
    folder: Path = request.param
    twin = tmp_path_factory.mktemp(folder.name)
    (twin / BOOK).write_bytes(twin_of(folder))
    return folder, twin


def word(path: Path) -> Mapping[str, bytes]:
    case = case_of(path)
    with zipfile.ZipFile(io.BytesIO(write_docx(make_document(case).value, case.pack.look))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without_places(part: bytes) -> str:
    """The facts part as it would be without files, cells and the input's hash."""
    return re.sub(r"<(place|inputs)>[^<]*</\1>", "", part.decode())


def test_the_same_findings(pair: tuple[Path, Path]) -> None:
    """I038 aside: amounts of a YAML file in another unit stand in the workbook with that unit behind them."""
    first, second = (
        [(one.code, one.message, one.hint) for one in found_in(path) if one.code != "I038"] for path in pair
    )
    assert second == first


def test_the_same_bytes_apart_from_recorded_places(pair: tuple[Path, Path]) -> None:
    first, second = map(word, pair)
    assert list(second) == list(first)
    apart = [name for name in first if first[name] != second[name]]
    assert apart == ["customXml/item1.xml"]
    assert without_places(second[apart[0]]) == without_places(first[apart[0]])
    assert BOOK in second[apart[0]].decode()
