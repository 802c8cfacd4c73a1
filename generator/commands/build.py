"""`juesuan build INPUT`: the finished Word document, and the PDF when asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.common import FINDINGS, leave, show, templates_option
from generator.diagnostics import Diagnostic, has_errors


@click.command(
    "build", help="核对填报数据并生成 Word 文件。有错误时不生成；填报数据是一个 .yaml 文件或放有它们的文件夹。"
)
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    metavar="文件或文件夹",
    help="生成到哪里；不写则放到 outputs 文件夹，文件名按年度和单位取",
)
@click.option("--pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@click.option("--publish", is_flag=True, help="生成公开用的副本：不含数字标记、数据来源和作者")
@click.option("--draft", is_flag=True, help="有错误也生成，每页印“草稿”，没有填的地方印〔待填〕")
@templates_option
def command(input_path: Path, output: Path, pdf: bool, publish: bool, draft: bool, own_packs: tuple[Path, ...]) -> None:
    from generator.names import safe_file_name
    from generator.pack import PackRoots
    from generator.pipeline import build_word, examine
    from generator.workspace import save_output

    examined = examine(input_path, PackRoots.with_own(own_packs))
    findings: list[Diagnostic] = list(examined.diagnostics)
    made = examined.value
    if made is None or (has_errors(findings) and not draft):
        show(findings)
        click.echo(
            "有错误，没有生成文件。请改正后重新运行" + ("。" if made is None else "；要先看草稿，请加 --draft。")
        )
        sys.exit(FINDINGS)
    built = build_word(made.document, made.case.pack, publish=publish, draft=draft, pdf=pdf)
    findings.extend(built.diagnostics)
    if built.value is None:
        show(findings)
        click.echo("没有生成文件。")
        sys.exit(FINDINGS)
    folder, name = output, safe_file_name(made.document.meta.file_name) + ("（草稿）" if draft else "")
    name += "（公开）" if publish else ""
    if output.suffix.lower() in (".docx", ".pdf"):
        folder, name = output.parent, output.stem
    saved: list[Path] = []
    for suffix, data in ((".docx", built.value.docx), (".pdf", built.value.pdf)):
        if data is not None:
            kept = save_output(folder, name + suffix, data)
            findings.extend(kept.diagnostics)
            if kept.value is not None:
                saved.append(kept.value.path)
    show(findings)
    for path in saved:
        click.echo(f"已生成：{path}")
    if saved and built.value.pages_measured is not None:
        click.echo(
            "目录页码：由 LibreOffice 实测；用 Word 或 WPS 打开时个别页码可能相差一页，在目录上按 F9 可以更新。"
            if built.value.pages_measured
            else "目录页码：没有找到 LibreOffice，按版面估算；请用 Word 或 WPS 打开，在目录上按 F9 更新。"
        )
    if draft and saved:
        click.echo("这是草稿，不能作为定稿。")
        sys.exit(0)
    leave(findings)
