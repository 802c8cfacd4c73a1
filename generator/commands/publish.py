"""`juesuan publish FILE`: 公开: the finished file for the public in several forms, and an archive of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import give_up, json_option, leave, show, templates_option
from generator.diagnostics import Diagnostic, finding
from generator.names import readable

if TYPE_CHECKING:
    from generator.publishing.act import Publication

_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
_OUTPUTS = Path("outputs")


@click.command(
    "publish",
    help="公开：把在 Word、WPS 里改定的文件（或者填报数据）做成公开用的 Word、PDF、网页和表格文件，放在一个文件夹里，"
    "并且存档。"
    "文中还有〔待填〕〔待确认〕、批注、没有接受的修订，印着身份证号、银行账号，没有说批复日期、保密审查的，不公开，逐处列出。"
    "再次公开时列出与上次的不同。原文件不动。",
)
@click.argument("source", metavar="改定的文件.docx", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="放到哪个文件夹里；不写则放在 Word 文件旁边，给的是填报数据的放到 outputs 文件夹",
)
@click.option(
    "--approved",
    type=click.DateTime(_DAYS),
    metavar="日期",
    help="财政部门批复决算的日期，如 2021-08-30；填报数据里填了的不用写",
)
@click.option("--reviewed", is_flag=True, help="已经作过保密审查；填报数据里填了的不用写")
@click.option("--day", type=click.DateTime(_DAYS), metavar="日期", help="公开的日期；不写则是今天")
@click.option("--accept-changes", "accept", is_flag=True, help="把没有接受的修订都接受")
@click.option("--confirm-numbers", "confirmed", is_flag=True, help="文中的身份证号、银行账号确实应当公开")
@click.option(
    "--base",
    "old_input",
    type=click.Path(path_type=Path),
    metavar="填报数据",
    help="做这份文件用的填报数据：一并存档，核对批复日期、保密审查；文件里没有标记的，靠它补回标记",
)
@json_option
@templates_option
def command(
    source: Path,
    output: Path | None,
    approved: datetime | None,
    day: datetime | None,
    old_input: Path | None,
    own_packs: tuple[Path, ...],
    as_json: bool,
    **answers: bool,
) -> None:
    """JSON: what `_as_data` says, and the findings as of check."""
    from generator.pack import PackRoots
    from generator.publishing.act import WORD_ENDINGS, Asked, publish
    from generator.publishing.questions import Answers
    from generator.workspace import today

    is_word = source.suffix.lower() in WORD_ENDINGS
    if output is not None and (output.suffix.lower() in WORD_ENDINGS or output.is_file()):
        give_up([finding("P050", file=readable(output.name))], as_json=as_json)
    asked = Asked(
        source,
        output or (source.parent if is_word else _OUTPUTS),
        Answers(day.date() if day else today(), approved.date() if approved else None, answers["reviewed"]),
        PackRoots.with_own(own_packs),
        old_input,
        answers["accept"],
        answers["confirmed"],
    )
    made = publish(asked)
    findings = list(made.diagnostics)
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, _as_data(made.value)))
        leave(findings)
    _say(made.value, findings)
    leave(findings)


def _say(made: Publication, findings: Iterable[Diagnostic]) -> None:
    from generator.publishing.archive import KEPT, PUBLIC, TABLE

    show(findings)
    if made.folder is None:
        click.echo("没有公开，什么文件也没有做。请逐处办好后再运行。")
        return
    if made.same:
        click.echo(f"与上次公开的完全相同，没有另做：{readable(str(made.folder))}")
        return
    shown = [one for one in made.files if one.startswith(f"{PUBLIC}/")]
    for one in shown:
        if one.count("/") == 1:
            click.echo(f"已生成：{readable(str(made.folder / one))}")
    tables = [one for one in shown if one.endswith(".csv")]
    if tables:
        click.echo(f"表格文件 {len(tables)} 个：{readable(str((made.folder / tables[0]).parent))}")
    click.echo(f"存档：{readable(str(made.folder / KEPT))}（留在单位，不要放到网站上）")
    for line in _changes(made):
        click.echo(line)
    if f"{KEPT}/{TABLE}" in made.files:
        click.echo(f"更正对照表：{readable(str(made.folder / KEPT / TABLE))}")


def _changes(made: Publication) -> Iterator[str]:
    if made.last is None:
        return
    yield ""
    day = made.last.record.day
    if made.changes is None:
        yield f"与上次公开（{day}）相比，文字和数没有变化。"
        return
    from generator.comparing.comparison_text import comparison_lines

    yield f"与上次公开（{day}）相比："
    yield from comparison_lines(made.changes)


def _as_data(made: Publication) -> dict[str, object]:
    """`refused`: each with `kind` (gap, change, comment, hidden), place and words; `numbers`: each with kind, text,
    `asked` (the form asks for this telephone) and place; `folder` (null: nothing was made), `files` in it, `not_made`
    (pdf, html, csv → why); `last`: day and folder of the publication before; `changes` since, as `diff` tells them;
    `same`: nothing was made anew."""
    changes = None
    if made.changes is not None:
        from generator.comparing.comparison_text import comparison_json

        changes = json.loads(comparison_json(made.changes, {}))
    last = made.last
    return {
        "refused": [
            {
                "kind": kind,
                "where": one.where.as_data(),
                "words": one.words,
                "author": one.author,
                "said": one.said,
                "count": one.count,
            }
            for kind, one in made.refused
        ],
        "numbers": [one.as_data() for one in made.numbers],
        "folder": str(made.folder) if made.folder is not None else None,
        "files": list(made.files),
        "not_made": dict(made.not_made),
        "last": {"day": last.record.day, "folder": str(last.folder)} if last is not None else None,
        "changes": changes,
        "same": made.same,
    }
