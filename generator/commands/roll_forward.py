"""`juesuan roll-forward INPUT --year N`: next year's input from last year's, and the list of what was done."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import give_up, leave, show, templates_option
from generator.diagnostics import Diagnostic, finding
from generator.names import readable
from generator.saving import open_elsewhere, save_new, save_new_folder
from generator.workspace import WorkspaceError

if TYPE_CHECKING:
    from generator.case import InputFiles
    from generator.next_year import NextYear
    from generator.rolling.roll_forward import Step

_SUFFIXES = (".xlsx", ".yaml", ".yml")
_NOTHING = "没有结转，没有写入任何文件。"
_SHOWN = 12
"""Most lines of one kind on the screen; `--json` has all."""


@click.command(
    "roll-forward",
    help="结转：用上年的填报数据做下一年的。上年的决算数移到“上年数”，本年的数清空，职能、机构等照搬，"
    "原因和每年不同的文字标上“〔待确认〕”供参考。原来的文件不动。",
)
@click.argument("input_path", metavar="上年填报数据", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年度", help="做哪个年度的；不写则为下一年")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里（新的文件夹，或 .xlsx、.yaml 文件）；不写则写在原来的旁边，按新年度取名",
)
@click.option("--workbook", "as_workbook", is_flag=True, help="写成一本填报工作簿（.xlsx）")
@click.option("--yaml", "as_yaml", is_flag=True, help="写成 YAML 文件")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结转清单，供程序读取")
@templates_option
def command(
    input_path: Path,
    year: int | None,
    output: Path | None,
    as_workbook: bool,
    as_yaml: bool,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.case import read_input
    from generator.next_year import SAME, WORKBOOK, YAML, for_next_year, in_year, next_year
    from generator.pack import PackRoots

    if as_workbook and as_yaml:
        raise click.UsageError("--workbook 和 --yaml 只能写一个")
    read = read_input(input_path)
    if read.value is None:
        give_up(read.diagnostics, as_json=as_json, words=_NOTHING)
    busy = [finding("N004", file=name) for name in _names_of(read.value) if open_elsewhere(read.value.folder / name)]
    if busy:
        give_up(busy, as_json=as_json, words=_NOTHING)
    wanted = WORKBOOK if as_workbook else YAML if as_yaml else SAME
    named = output is not None and output.suffix.lower() in _SUFFIXES
    one_file = _single_name(input_path, output, wanted)
    made = next_year(read.value, PackRoots.with_own(own_packs), year, wanted, one_file, named)
    following = made.value
    if following is None:
        give_up((*read.diagnostics, *made.diagnostics), as_json=as_json, words=_NOTHING)
    beside = input_path.resolve().parent
    if output is not None:
        folder = output.parent if named else output
    elif one_file:
        # In a folder of one year, the new file would be read together with the old one.
        folder = beside.with_name(in_year(beside.name, following.last))
    else:
        folder = beside / for_next_year(input_path.resolve().name, following.last)
    try:
        if one_file:
            files = [save_new(folder / name, data) for name, data in following.files.items()]
        else:
            folder = save_new_folder(folder, following.files)
            files = [folder / name for name in following.files]
    except WorkspaceError as error:
        give_up([error.diagnostic], as_json=as_json, words=_NOTHING)
    findings = (*read.diagnostics, *made.diagnostics)
    if as_json:
        click.echo(json.dumps(_as_data(following, files, findings), ensure_ascii=False, indent=2))
    else:
        if findings:
            show(findings)
        written = "、".join(readable(str(file)) for file in files)
        click.echo(f"已由 {following.last} 年度结转到 {following.year} 年度：{written}")
        for line in _list_lines(following):
            click.echo(line)
    leave(findings)


def _names_of(files: InputFiles) -> tuple[str, ...]:
    return tuple(name for name, _ in (*files.texts, *files.books))


def _single_name(input_path: Path, output: Path | None, wanted: str) -> str:
    """The name of the one file that holds all of the new input, "" when it is a folder of files."""
    if output is not None and output.suffix.lower() in _SUFFIXES:
        return output.name
    if input_path.is_dir():
        return ""
    from generator.next_year import WORKBOOK, YAML

    own = input_path.suffix.lower()
    kept = {WORKBOOK: ".xlsx", YAML: ".yaml"}.get(wanted, own if own in (".yaml", ".yml") else ".xlsx")
    return input_path.with_suffix(kept).name


# -- the list ---------------------------------------------------------------------------------------------------------
def _list_lines(following: NextYear) -> Iterator[str]:
    """What was done, kind by kind: alike entries on one line, with their places."""
    from generator.rolling.roll_forward import Kind

    for kind in Kind:
        steps = [step for step in following.steps if step.kind is kind]
        if not steps:
            continue
        if kind is Kind.EMPTIED:
            computed = sum(step.computed for step in steps)
            more = f"（另有 {computed} 项由程序计算，不必填）" if computed else ""
            yield f"{kind.value} {len(steps) - computed} 项{more}"
        else:
            yield f"{kind.value} {len(steps)} 项"
        if kind is Kind.STANDS:
            continue
        lines = list(_grouped(step for step in steps if kind is Kind.MOVED or not step.computed))
        yield from lines[:_SHOWN]
        if len(lines) > _SHOWN:
            yield f"    ……还有 {len(lines) - _SHOWN} 行，加 --json 可看全部"
    yield f"接着请填写新的文件，并运行 juesuan check：现在还有 {len(following.missing)} 处没有填。"


def _grouped(steps: Iterable[Step]) -> Iterator[str]:
    """«    一般公共预算支出·预算数（8 行）  收支.yaml 第12行»."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        groups.setdefault((_spoken(step), step.detail), []).append(step)
    for (label, detail), found in groups.items():
        count = f"（{len(found)} 处）" if len(found) > 1 else ""
        shown = f"：{detail}" if detail else ""
        yield f"    {label}{count}{shown}    {found[0].place}".rstrip()


def _spoken(step: Step) -> str:
    """The label without the row: «项目（DRGs项目经费）·立项依据» → «项目·立项依据»."""
    return re.sub(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）(?=·)", "", step.label)


def _as_data(following: NextYear, files: Iterable[Path], findings: Iterable[Diagnostic]) -> dict[str, object]:
    return {
        "from": following.last,
        "to": following.year,
        "pack": following.pack.name,
        "files": [str(path) for path in files],
        "steps": [
            {
                "kind": step.kind.value,
                "name": step.name,
                "label": step.label,
                "place": str(step.place),
                "detail": step.detail,
                "computed": step.computed,
            }
            for step in following.steps
        ],
        "findings": [{"code": d.code, "severity": d.severity.word, "message": d.message} for d in findings],
    }
