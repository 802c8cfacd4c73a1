"""`juesuan packs try NAME`: samples made, checked, printed and read again; what does not fit, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import give_up, leave, show
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors
from generator.lint.lint import linted
from generator.names import readable
from generator.pack import Pack, PackRoots
from generator.workspace import WorkspaceError

if TYPE_CHECKING:
    from generator.trying.tried import Tried


def try_one(name: str, roots: PackRoots, output: Path | None, *, as_json: bool, write_outline: bool) -> None:
    from generator.trying.tried import try_pack
    from generator.workspace import today

    pack, findings = _sound(name, roots, as_json=as_json)
    tried = try_pack(pack, roots, today().year - 1)
    findings += [one for one in tried.diagnostics if one not in findings]
    try:
        found, case = _case(pack, roots, tried.value, write_outline=write_outline)
    except WorkspaceError as error:
        give_up([*findings, error.diagnostic], as_json=as_json)
    findings += found
    saved, refused = _save(pack, tried.value, output)
    findings += refused
    _tell(findings, tried.value, case, saved, as_json=as_json)
    leave(findings)


def _sound(name: str, roots: PackRoots, *, as_json: bool) -> tuple[Pack, list[Diagnostic]]:
    """The pack with its warnings, when lint finds no mistake in it; what samples would say of one that has some is not
    worth reading."""
    checked = linted(name, roots)
    pack, findings = checked.value, list(checked.diagnostics)
    if pack is not None and pack.abstract:
        from generator.pack.sources import usable_names

        findings.append(finding("T119", name=name, known="、".join(usable_names(roots))))
    if pack is None or has_errors(findings):
        give_up(findings, as_json=as_json, words="写法还有错误，没有试样本。请改正后重新运行。")
    return pack, findings


def _case(pack: Pack, roots: PackRoots, tried: Sequence[Tried], *, write_outline: bool) -> tuple[list[Diagnostic], str]:
    """What is wrong with the pack's own case, and how it stands, in a sentence."""
    from generator.case import InputFiles, read_input
    from generator.pack.sources import CASE, OUTLINE
    from generator.saving import renew, save_new_folder
    from generator.trying.case import INPUT, built_outline, case_folder, compared

    folder = case_folder(pack, roots)
    assert folder is not None  # the pack was found there
    new = not folder.is_dir()
    if new and not write_outline:
        return [], f"包里没有样例；要放一份，请加 --write-outline（{CASE}/{INPUT} 和 {CASE}/{OUTLINE}）。"
    text = tried[0].input
    files: Outcome[InputFiles | None]
    files = Outcome(InputFiles(Path(), ((INPUT, text),), "")) if new else read_input(folder)
    built = built_outline(pack, files, roots)
    findings = list(built.diagnostics)
    if built.value is None:
        return findings, "样例没有做成报告。"
    if write_outline:
        if new:
            save_new_folder(folder, {INPUT: text.encode(), OUTLINE: built.value.encode()})
        else:
            renew(folder / OUTLINE, built.value.encode())
        return findings, f"已写大纲：{readable(str(folder / OUTLINE))}"
    different = compared(pack, folder, built.value)
    return [*findings, *different], "样例的报告与大纲不一样。" if different else "样例的报告与大纲一样。"


def _save(pack: Pack, tried: Sequence[Tried], output: Path | None) -> tuple[list[Path], list[Diagnostic]]:
    from generator.saving import Made, save_output

    saved: list[Path] = []
    findings: list[Diagnostic] = []
    for one in tried if output is not None else ():
        assert output is not None
        made = Made("packs try", pack.name, one.sample.kind.value, str(one.sample.year))
        for name, data in ((f"{one.sample.name}.yaml", one.input.encode()), (f"{one.sample.name}.docx", one.docx)):
            if data is not None:
                kept = save_output(output, name, data, made)
                findings.extend(kept.diagnostics)
                if kept.value is not None:
                    saved.append(kept.value.path)
    return saved, findings


def _tell(findings: list[Diagnostic], tried: Sequence[Tried], case: str, saved: list[Path], *, as_json: bool) -> None:
    made = [one for one in tried if one.docx is not None]
    years = "、".join(str(year) for year in sorted({one.sample.year for one in tried}))
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        result = {
            "samples": [one.sample.name for one in tried],
            "reports": len(made),
            "case": case,
            "saved": [readable(str(path)) for path in saved],
        }
        click.echo(to_json(findings, result))
        return
    show(findings)
    kinds = "、".join(dict.fromkeys(one.sample.kind.value for one in tried))
    click.echo(f"试了{len(tried)}份样本（{kinds}；{years}年度），生成了{len(made)}份 Word 文件并读回核对。")
    click.echo(case)
    if saved:
        click.echo(f"样本和 Word 文件放在 {readable(str(saved[0].parent))}，可以打开来看。")
    else:
        click.echo("要看样本和 Word 文件，请加 -o 文件夹。")
