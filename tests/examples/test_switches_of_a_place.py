"""口径 of the shipped forms: a child pack of one line says the other way, and the report follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import plain

from generator.case import read_input
from generator.diagnostics import Outcome
from generator.pack import PackRoots
from generator.pipeline import examine_files
from generator.writers.outline import write_outline

INPUTS = Path(__file__).resolve().parents[2] / "inputs"


def printed(tmp_path: Path, example: str, parent: str, switch: str) -> str:
    """The report of an example's figures in a form that differs from `parent` in this switch alone."""
    pack = tmp_path / "本地" / "pack.yaml"
    pack.parent.mkdir()
    pack.write_text(f"名称: 本地\n标题: 本地\n上级: {parent}\n口径: {switch}\n", encoding="utf-8")
    files = read_input(INPUTS / example).value
    assert files is not None
    texts = tuple((name, text.replace(f"报告: {parent}", "报告: 本地")) for name, text in files.texts)
    local = type(files)(files.folder, texts, files.digest)
    examined = examine_files(Outcome(local), PackRoots.with_own((tmp_path,))).value
    assert examined is not None
    return plain(write_outline(examined.document))


NATIONAL = "putuo-planning-2024", "final-accounts-national"
SICHUAN = "gongjing-2020", "final-accounts-sichuan"


@pytest.mark.parametrize(
    ("form", "switch", "income", "spending"),
    [
        (
            NATIONAL, "{零项: 精简}",
            "其中：财政拨款收入9746.50万元，占100.00%。",
            "其中：基本支出5377.64万元，占55.10%；项目支出4381.74万元，占44.90%。",
        ),
        (
            NATIONAL, "{零项: 逐项}",
            "其中：财政拨款收入9746.50万元，占100.00%；上级补助收入0.00万元，占0.00%；",
            "；上缴上级支出0.00万元，占0.00%；经营支出0.00万元，占0.00%；",
        ),
        (
            SICHUAN, "{零项: 精简}",
            "其中：一般公共预算财政拨款收入91.68万元，占100%。",
            "其中：基本支出69.98万元，占76.33%；项目支出21.70万元，占23.67%。",
        ),
        (
            SICHUAN, "{零项: 逐项}",
            "政府性基金预算财政拨款收入0万元，占0%；上级补助收入0万元，占0%；",
            "上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。",
        ),
    ],
)  # fmt: skip
def test_what_did_not_occur_is_listed_or_left_out(
    tmp_path: Path, form: tuple[str, str], switch: str, income: str, spending: str
) -> None:
    text = printed(tmp_path, *form, switch)
    assert income in text
    assert spending in text
    assert ("上级补助收入0" in text) == ("逐项" in switch)
