"""The command line: `juesuan COMMAND`. Each command is loaded only when it is called, so that starting stays quick."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

COMMANDS = {
    "build": "生成 Word 文件（可加 PDF）",
    "check": "核对填报数据",
    "diff": "比较两个版本，列出更正对照表",
    "explain": "说明一个数怎么来、印在哪里",
    "import": "读入公开表，写成填报数据",
    "new": "生成空白的填报工作簿（或 YAML）",
    "packs": "模板包：列出、查看、检查",
    "refresh": "数据更正后，更新已在 Word 里改过的文件",
    "roll-forward": "结转：做下一年的填报数据",
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
    """Run a command. Exit status: 0 fine, 1 findings of severity 错误, 2 wrong use."""
    from generator.chinese_help import in_chinese, usage_message
    from generator.commands.common import OPTION_OF_PACKS, is_child

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character prints ? instead of failing
    in_chinese()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if not is_child() and any(word.partition("=")[0] == OPTION_OF_PACKS for word in given):
            from generator.commands.bounded import run_as_child

            status = run_as_child(given)
        else:
            status = entry.main(args=given, prog_name="juesuan", standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_message(error, COMMANDS), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        sys.exit(2)
    except Exception as error:  # the last line of defence: no traceback ever reaches a user
        from generator.workspace import WorkspaceError

        if isinstance(error, MemoryError) and is_child():
            raise

        if not isinstance(error, WorkspaceError):
            click.echo(
                f"程序内部出错：{type(error).__name__}: {error}\n请把这行字和所用的填报文件发给维护人员。", err=True
            )
            sys.exit(1)
        from generator.diagnostics.as_text import as_text

        click.echo(as_text(error.diagnostic))
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
