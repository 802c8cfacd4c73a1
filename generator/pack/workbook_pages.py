"""工作簿 (pack.yaml): what stands together on a sheet of the workbook that an office fills in.

    工作簿:
      部门信息: [单位, 主要职能, 单位构成]
      收入决算表: [收入功能分类, 收入]
      文字与原因: 文字

Sheets stand in this order. What no sheet names is put together by its size; single fields of the top stand on the first
sheet, texts and reasons on the one that says 文字.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.form.arrangement import TEXTS, Arrangement, PageSpec
from generator.form.fields import Field, Fields
from generator.names import did_you_mean
from generator.pack.sources import Sources
from generator.place import Place, place_of

BOOK = "工作簿"


def arranged(fields: Fields, sources: Sources) -> Outcome[Fields]:
    """The form with its pages and official tables. T117 for what cannot stand on a sheet."""
    stated = sources.data["pack.yaml"].get(BOOK)
    findings: list[Diagnostic] = []

    def wrong(at: object, page: object, hint: str) -> None:
        place = place_of(at) or Place(f"{sources.name}/pack.yaml")
        shown = at if isinstance(at, str) else "……"
        findings.append(finding("T117", place, what=BOOK, word=page, value=shown, hint=hint))

    if stated is not None and not isinstance(stated, Mapping):
        wrong(stated, BOOK, "应写成“工作表的名称: [填报内容]”的一组内容")
    known = [name for name, spec in fields.children.items() if not isinstance(spec, Field)]
    pages: list[PageSpec] = []
    taken: set[str] = set()
    for page, contents in stated.items() if isinstance(stated, Mapping) else ():
        if contents is None:
            continue  # a child takes the sheet away
        if contents == TEXTS:
            pages.append(PageSpec(str(page), ()))
            continue
        if not isinstance(contents, list):
            wrong(contents, page, f"请写清单，如 [单位, 主要职能]，或者“{TEXTS}”")
            continue
        names: list[str] = []
        for name in contents:
            if str(name) in taken:
                wrong(name, page, "它已经在别的工作表上，一项内容只能有一处")
            elif str(name) in known:
                names.append(str(name))
                taken.add(str(name))
            elif str(name) not in sources.removed:
                wrong(name, page, did_you_mean(str(name), known) or "请写 fields.yaml 最上层的一组或一张表的名称")
        if names:
            pages.append(PageSpec(str(page), tuple(names)))
    return Outcome(replace(fields, arrangement=Arrangement(tuple(pages), sources.official)), tuple(findings))
