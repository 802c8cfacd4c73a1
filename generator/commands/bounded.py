"""A command with a pack from outside (`--templates`), run again in a child process that may use only so much.

The packs that travel with the program need no child. What the child says is passed on as it is, unless a limit ended
it: then there is one finding, in JSON where JSON was asked for, and nothing of what it began.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from generator import own_child
from generator.commands.common import OPTION_OF_PACKS, give_up
from generator.diagnostics import Diagnostic, finding
from generator.pack.places import PackRoots, pack_names

_CODES = {"seconds": "T131", "memory": "T132", "crash": "T133"}


def run_as_child(arguments: Sequence[str]) -> int:
    """Run `juesuan ARGUMENTS` bounded; its exit status. Findings T131–T133."""
    ended = own_child.run_command(arguments, f"{sys.stdout.encoding or 'utf-8'}:replace")
    if not ended.exceeded:
        _pass_on(sys.stdout, ended.output)
        _pass_on(sys.stderr, ended.errors)
        return ended.code
    give_up([_exceeded(ended.exceeded, arguments)], as_json="--json" in arguments)


def _pass_on(stream: TextIO, data: bytes) -> None:
    """As bytes, where the stream has any: the child wrote in the stream's coding, JSON perhaps in another."""
    stream.flush()
    if hasattr(stream, "buffer"):
        stream.buffer.write(data)
    else:
        stream.write(data.decode("utf-8", "replace"))
    stream.flush()


def _exceeded(what: str, arguments: Sequence[str]) -> Diagnostic:
    own = PackRoots(tuple(Path(folder) for folder in own_folders(arguments)))
    packs = pack_names(own)
    named = "、".join(packs[:5]) + ("……" if len(packs) > 5 else "")
    return finding(
        _CODES[what], packs=named, seconds=own_child.JOB.seconds, memory=f"{own_child.JOB.memory / (1 << 30):g}"
    )


def own_folders(arguments: Sequence[str]) -> list[str]:
    """The folders of packs that a command line names."""
    given = list(arguments)
    behind = [given[n + 1] for n, word in enumerate(given[:-1]) if word == OPTION_OF_PACKS]
    return behind + [word.partition("=")[2] for word in given if word.startswith(f"{OPTION_OF_PACKS}=")]
