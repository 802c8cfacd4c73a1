"""What accountants type, and what becomes of it: the tables beside this file, in YAML and in the workbook alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from behaviours import Behaviour, Unit, behaviours

HERE = Path(__file__).parent
TABLES = sorted(HERE.glob("*.txt"))
EACH = [pytest.param(one, id=f"{table.stem}·{one.line}") for table in TABLES for one in behaviours(table)]


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Unit:
    return Unit(tmp_path_factory.mktemp("包"))


@pytest.mark.parametrize("form", ["YAML", "工作簿"])
@pytest.mark.parametrize("behaviour", EACH)
def test_what_is_typed(unit: Unit, behaviour: Behaviour, form: str) -> None:
    if (form == "YAML" and behaviour.only_excel) or (form == "工作簿" and behaviour.only_yaml):
        return
    read = unit.from_yaml(behaviour) if form == "YAML" else unit.from_excel(behaviour)
    place = behaviour.edits[0][1]
    seen = (read.codes, read.value(place) if behaviour.value is not None else None)
    assert seen == (behaviour.codes, behaviour.value), "\n".join(map(str, read.findings))
