"""`juesuan serve [FOLDER]`: the local page for a work folder."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import give_up, templates_option


@click.command("serve", help="打开浏览器页面：填报、核对、预览、生成、更正、结转都在页面上办。只在本机打开，不联网。")
@click.argument("folder", metavar="工作文件夹", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只写出地址")
@templates_option
def command(folder: Path | None, no_browser: bool, own_packs: tuple[Path, ...]) -> None:
    from generator.pack import PackRoots
    from generator.web.start import open_browser, serve
    from generator.workspace import WorkspaceError, make_folder

    place = folder if folder is not None else Path.cwd()
    try:
        make_folder(place)
    except WorkspaceError as error:
        give_up([error.diagnostic])

    def tell(address: str, running: bool) -> None:
        click.echo(f"页面地址（只能用一次）：{address}")
        click.echo("页面已经开着，从那里继续。" if running else "关掉这个窗口就停止。")
        if not no_browser:
            open_browser(address)

    serve(place, PackRoots.with_own(own_packs), tell)
