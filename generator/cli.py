"""The command line: `juesuan COMMAND`. Each command is loaded only when it is called, so that starting stays quick."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

COMMANDS = {
    "adopt": "读入手工做的旧报告，写成填报数据",
    "build": "生成 Word 文件（可加 PDF）",
    "check": "核对填报数据",
    "diff": "比较两个版本，列出更正对照表",
    "explain": "说明一个数怎么来、印在哪里",
    "identify": "认文件：说明一个文件是什么、能拿来做什么",
    "import": "读入公开表，写成填报数据",
    "join": "把两个人改过的同一份文件合成一份",
    "new": "生成空白的填报工作簿（或 YAML）",
    "packs": "模板包：列出、查看、新建、检查、试样本",
    "publish": "公开：做成公开用的各种文件，并且存档",
    "refresh": "数据更正后，更新已在 Word 里改过的文件",
    "roll-forward": "结转：做下一年的填报数据",
    "selfcheck": "自检：这台电脑有什么、缺什么、怎么办",
    "serve": "打开浏览器页面，不用敲命令",
}

MODULES = {"import": "import_tables", "roll-forward": "roll_forward"}
"""Commands whose word cannot name a module."""


class Commands(click.Group):
    """The word typed is the file in commands/."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"generator.commands.{MODULES.get(cmd_name, cmd_name)}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command("juesuan", cls=Commands, invoke_without_command=True)
@click.version_option(None, "--version", package_name="juesuan", message="juesuan %(version)s", help="显示版本")
@click.pass_context
def entry(context: click.Context) -> None:
    """部门决算编制说明与绩效自评报告生成器。

    填好数据（.yaml），运行 juesuan build 文件夹，得到完整的 Word 文件。
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. Exit status: 0 fine, 1 findings of severity 错误, 2 wrong use or interrupted, 3 a mistake of ours.

    With `--json` standard output is UTF-8 and JSON however the command ends. A command with packs from outside runs in
    a child that may use only so much.
    """
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        from generator.workspace import begin_again_in_utf8

        begin_again_in_utf8()
    from generator.chinese_help import in_chinese

    words = sys.argv[1:] if arguments is None else list(arguments)
    as_json = "--json" in (words[: words.index("--")] if "--" in words else words)
    _prepare_screen(as_json)
    in_chinese()
    sys.exit(_run(words, as_json))


def _prepare_screen(as_json: bool) -> None:
    """A console that lacks a character prints ? instead of failing; programs are given UTF-8 whatever the console is.

    Names of files that are no text are written as JSON can say them.
    """
    from generator.names import CONSOLE

    coding = os.environ.pop(CONSOLE, None)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=coding, errors="replace")
    if as_json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(words: list[str], as_json: bool) -> int:
    from generator.commands.common import OPTION_OF_PACKS, is_child

    status: object
    try:
        try:
            if (
                words[:1] != ["serve"]
                and not is_child()
                and any(word.partition("=")[0] == OPTION_OF_PACKS for word in words)
            ):
                from generator.commands.bounded import run_as_child

                status = run_as_child(words)
            else:
                status = entry.main(args=words, prog_name="juesuan", standalone_mode=False)
        except SystemExit as end:
            status = end.code
        sys.stdout.flush()
    except Exception as error:  # the last line of defence: no traceback ever reaches a user
        if isinstance(error, MemoryError) and is_child():
            raise
        status, told = _ending(error)
        if as_json:
            from generator.diagnostics.as_json import as_json as to_json

            _say(to_json([told]), to_screen=False)
        else:
            _say(_words(error, told), to_screen=status != 1 or isinstance(error, OSError))
    return status if isinstance(status, int) else 0


def _ending(error: Exception) -> tuple[int, Diagnostic]:
    """Exit status, and what there is to say: in O019 the system, in O050–O052 the call, the program, the person."""
    from generator.chinese_help import usage_reason
    from generator.diagnostics import finding
    from generator.names import readable
    from generator.workspace import WorkspaceError, explained

    if isinstance(error, click.UsageError):
        reason, command = usage_reason(error, COMMANDS)
        return 2, finding("O050", reason=reason.rstrip("。"), command=command)
    if isinstance(error, click.Abort):
        return 2, finding("O052")
    if isinstance(error, WorkspaceError):
        return 1, error.diagnostic
    if isinstance(error, OSError):
        where = f"（{readable(os.fspath(error.filename))}）" if isinstance(error.filename, str) else ""
        return 1, finding("O019", where=where, **explained(error))
    return 3, finding("O051", kind=type(error).__name__, words=str(error))


def _words(error: Exception, told: Diagnostic) -> str:
    from generator.diagnostics.as_text import as_text

    if isinstance(error, click.UsageError | click.Abort) or told.code == "O051":
        return f"{told.message}{'' if told.message.endswith('？') else '。'}\n{told.hint}".rstrip()
    return as_text(told)


def _say(text: str, *, to_screen: bool) -> None:
    """Standard output may be what has failed: then nothing more is said there, at the very end neither."""
    try:
        click.echo(text, err=to_screen)
        sys.stdout.flush()
    except OSError:
        sys.stdout = io.StringIO()


if __name__ == "__main__":
    main()
