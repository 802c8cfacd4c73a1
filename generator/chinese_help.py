"""click's own words in Chinese: headings of the help pages and the messages for wrong use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from generator.names import did_you_mean


def in_chinese() -> None:
    """Replace the few English words that click prints itself. click offers them only through gettext catalogues."""
    click.HelpFormatter.write_usage = _write_usage  # type: ignore[method-assign]
    click.Command.format_options = _format_options  # type: ignore[method-assign]
    click.Group.format_options = _format_options  # type: ignore[method-assign]
    click.Group.format_commands = _format_commands  # type: ignore[method-assign]
    click.Command.get_help_option = _help_option  # type: ignore[method-assign]


_original_usage = click.HelpFormatter.write_usage


def _write_usage(self: click.HelpFormatter, prog: str, args: str = "", prefix: str | None = None) -> None:
    words = (
        args.replace("[OPTIONS]", "[选项]")
        .replace("[COMMAND] [ARGS]...", "命令 [参数]…")
        .replace("COMMAND [ARGS]...", "命令 [参数]…")
    )
    _original_usage(self, prog, words, prefix or "用法：")


def _format_options(self: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
    records = [
        (name, _in_chinese_words(words))
        for option in options
        if (record := option.get_help_record(ctx))
        for name, words in (record,)
    ]
    if records:
        with formatter.section("选项"):
            formatter.write_dl(records)
    if isinstance(self, click.Group):
        self.format_commands(ctx, formatter)


def _in_chinese_words(words: str) -> str:
    """What click puts behind an option's help: [required], [2000<=x<=2100]."""
    return re.sub(r"\[(\d+)<=x<=(\d+)\]", r"[\1 至 \2]", words.replace("[required]", "[必写]"))


def _format_commands(self: click.Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    with formatter.section("命令"):
        formatter.write_dl([(name, self.commands[name].get_short_help_str(80)) for name in self.commands])


_original_help_option = click.Command.get_help_option


def _help_option(self: click.Command, ctx: click.Context) -> click.Option | None:
    option = _original_help_option(self, ctx)
    if option is not None:
        option.help = "显示帮助"
    return option


def usage_reason(error: click.UsageError, commands: Iterable[str]) -> tuple[str, str]:
    """What was wrong with the call, and the command whose help shows the right way."""
    return _reason(error, commands), error.ctx.command_path if error.ctx is not None else "juesuan"


def _reason(error: click.UsageError, commands: Iterable[str]) -> str:
    parameter: Any = getattr(error, "param", None)
    name = ""
    if parameter is not None:
        name = parameter.metavar or parameter.name or ""
        if isinstance(parameter, click.Option):
            name = parameter.opts[-1]
    if isinstance(error, click.NoSuchOption):
        options = [o for p in error.ctx.command.params for o in p.opts] if error.ctx else []
        return f"没有“{error.option_name}”这个选项。{did_you_mean(error.option_name, options)}"
    if isinstance(error, click.MissingParameter):
        return f"缺少“{name}”。"
    if isinstance(error, click.BadOptionUsage) and "does not take a value" in error.format_message():
        return f"选项“{error.option_name}”后面不写值。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面要写值。"
    kind = getattr(parameter, "type", None)
    if isinstance(error, click.BadParameter) and isinstance(kind, click.Choice):
        return f"“{name}”后面只能写：{'、'.join(map(str, kind.choices))}。"
    if isinstance(error, click.BadParameter) and isinstance(kind, click.IntRange):
        return f"“{name}”后面要写 {kind.min} 至 {kind.max} 的整数。"
    if isinstance(error, click.BadParameter):
        return f"“{name}”不能用：文件夹不存在，或不是文件夹。"
    message = error.format_message()
    if message.startswith("No such command"):
        typed = message.split("'")[1] if "'" in message else message
        context = error.ctx
        inner = context is not None and isinstance(context.command, click.Group)
        known = context.command.list_commands(context) if inner else list(commands)  # type: ignore[union-attr]
        return f"没有“{typed}”这个命令。{did_you_mean(typed, known)}现有：{'、'.join(known)}。"
    if "unexpected extra argument" in message:
        return f"多写了参数：{message.partition('(')[2].rstrip(').')}。文件夹名里有空格时请加引号。"
    return message
