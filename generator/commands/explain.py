"""`juesuan explain INPUT_OR_DOCX FIGURE`: where a printed figure comes from, and every place where it is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import base_option, give_up, json_option, templates_option

if TYPE_CHECKING:
    from generator.corrections import FigureMatch, FiguresFound
    from generator.diagnostics import Outcome


@click.command(
    "explain",
    help="说明一个数怎么来：公式、各项、在哪里填、印在哪里。可以问填报数据，也可以问生成的 Word 文件（在 Word、WPS "
    "里改过的也行）。数可以写填报项名称或印出来的数。",
)
@click.argument("path", metavar="填报数据或.docx", type=click.Path(path_type=Path))
@click.argument("figure", metavar="数")
@base_option
@json_option
@templates_option
def command(path: Path, figure: str, old_input: Path | None, as_json: bool, own_packs: tuple[Path, ...]) -> None:
    """JSON: `{"figures": [{value, name, label, unit, formula, formula_in_values, place, operands: [the same again],
    texts: [as printed], printed: [{trail, paragraph, table, row, column, label, text, excerpt, generated}]}]}`;
    `generated` stands where a person has overtyped the figure. Findings as `juesuan check --json` gives them."""
    from generator.diagnostics import finding
    from generator.names import did_you_mean

    found = _find(path, figure, old_input, own_packs)
    diagnostics = found.diagnostics
    matches = found.value.matches if found.value is not None else ()
    if found.value is not None and not matches:
        diagnostics = (finding("O037", figure=figure, hint=did_you_mean(figure, found.value.known)),)
    if not matches:
        give_up(diagnostics, as_json=as_json)
    if as_json:
        click.echo(json.dumps({"figures": [_data(match) for match in matches]}, ensure_ascii=False, indent=2))
        return
    for number, match in enumerate(matches):
        if number:
            click.echo("")
        for line in _lines(match):
            click.echo(line)


def _find(path: Path, figure: str, old_input: Path | None, own_packs: tuple[Path, ...]) -> Outcome[FiguresFound | None]:
    from generator.corrections import find_figures, find_figures_in_word, is_word, read_word
    from generator.diagnostics import Outcome
    from generator.pack import PackRoots
    from generator.pipeline import examine

    if is_word(path):
        word = read_word(path, old_input, PackRoots.with_own(own_packs))
        return Outcome(None if word.value is None else find_figures_in_word(word.value, figure), word.diagnostics)
    examined = examine(path, PackRoots.with_own(own_packs))
    return Outcome(None if examined.value is None else find_figures(examined.value, figure), examined.diagnostics)


def _lines(match: FigureMatch) -> Iterator[str]:
    from generator.facts.explain import UNPRINTED, Unprinted, explain

    yield from explain(match.quantity)
    if isinstance(match.quantity, Unprinted):
        yield "  Word 文件里没有它的值，请用填报数据来问。"
        return
    if not match.printed:
        yield f"  {UNPRINTED}。"
        return
    yield f"  印成“{'”“'.join(match.texts)}”，共{len(match.printed)}处："
    yield from (f"    {spot}" for spot in match.printed)


def _data(match: FigureMatch) -> dict[str, object]:
    from generator.facts.explain import as_data

    places = []
    for one in match.printed:
        words: dict[str, object] = {**one.spot.as_data(), "text": one.figure.text, "excerpt": one.excerpt}
        places.append({**words, "generated": one.generated} if one.generated else words)
    return {**as_data(match.quantity), "texts": list(match.texts), "printed": places}
