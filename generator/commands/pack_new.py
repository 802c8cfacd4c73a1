"""`juesuan packs new NAME`: the folder of a new pack, right as it stands, and what to do with it."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import give_up
from generator.diagnostics import Diagnostic, finding, has_errors
from generator.pack import PackRoots

OWN_PACKS = Path("我的模板")
"""Where a pack goes when nobody says where."""
_SHARED = "common"


def make_pack(name: str, parent: str | None, folder: Path, roots: PackRoots) -> None:
    """T112, T177, T178, X062: then nothing is written."""
    from generator.names import readable
    from generator.saving import save_new_folder
    from generator.workspace import WorkspaceError

    wrong = _wrong_name(name, roots)
    if wrong:
        give_up(wrong)
    files = _files(name, parent, roots)
    try:
        made = save_new_folder(folder / name, {path: text.encode() for path, text in files.items()})
    except WorkspaceError as error:
        give_up([error.diagnostic])
    click.echo(f"已新建：{readable(str(made))}")
    for path in files:
        click.echo(f"  {path}")
    for line in _next_steps(name, parent, folder, roots):
        click.echo(line)


def _wrong_name(name: str, roots: PackRoots) -> list[Diagnostic]:
    from generator.border.pack_names import PACK_NAMES, is_pack_name, shown

    if not is_pack_name(name):
        return [finding("T177", name=shown(name), hint=PACK_NAMES)]
    return [finding("T178", name=name)] if roots.find(name) is not None else []


def _files(name: str, parent: str | None, roots: PackRoots) -> dict[str, str]:
    from generator.pack import load_pack
    from generator.trying.skeleton import child_of, whole
    from generator.workspace import today

    latest = today().year - 1
    if parent is None:
        return whole(name, _SHARED, latest)
    loaded = load_pack(parent, roots)
    if loaded.value is None or has_errors(loaded.diagnostics):
        give_up(loaded.diagnostics, words="没有新建。")
    return whole(name, parent, latest) if loaded.value.abstract else child_of(loaded.value, name, latest)


def _next_steps(name: str, parent: str | None, folder: Path, roots: PackRoots) -> list[str]:
    from generator.commands.common import OPTION_OF_PACKS
    from generator.names import readable

    place = readable(str(folder))
    own = f"juesuan packs {OPTION_OF_PACKS} {place}"
    above = roots.find(parent) if parent else None
    lines = [
        "接下来：",
        f"  1. 用记事本等打开 {place}/{name}/pack.yaml，改“标题”“地区”“年度”；再照 README.md 改要改的地方",
        f"  2. 每改一处，检查写法：{own} lint {name}",
        f"  3. 试着填几份样本，看报告排得怎样：{own} try {name} -o 样本",
    ]
    if above is not None:
        lines.append(f"  上级包的文件在 {readable(str(above))}，可以打开来看、复制，不要在那里改")
    return lines
