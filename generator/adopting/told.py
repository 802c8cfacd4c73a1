"""What is told of an adopted report: the counts for the screen, data for programs, and a file beside the input with the
place of every value and all that was not used."""

from __future__ import annotations

from collections.abc import Iterator

from generator.adopting.adopted import Adopted
from generator.adopting.as_input import UNIT
from generator.adopting.settle import Value
from generator.form.fields import NUMBER_KINDS

FILE = "对照.md"
_SHOWN, _WORDS = 8, 40


def counts(adopted: Adopted) -> dict[str, int]:
    numbers = sum(value.field.kind in NUMBER_KINDS for value in adopted.values)
    return {
        "texts": len(adopted.values) - numbers,
        "figures": numbers,
        "from_tables": adopted.tables,
        "left_out": len(adopted.doubts),
        "contradictions": len(adopted.contradicted),
        "missing": len(adopted.missing),
        "unused": len(adopted.unused),
    }


def lines(adopted: Adopted, listing: str) -> Iterator[str]:
    """For the screen. `listing`: the name of the file that holds everything."""
    number = counts(adopted)
    tables = f"，公开表里的数 {number['from_tables']} 个" if number["from_tables"] else ""
    yield (
        f"从“{adopted.report.file}”（{adopted.year}年度）读入：文字 {number['texts']} 项，"
        f"数 {number['figures']} 个{tables}；都标着“〔待确认〕”"
    )
    if adopted.doubts:
        yield f"没有填入，请看原报告再定：{number['left_out']} 项"
        for doubt in adopted.doubts[:_SHOWN]:
            said = "；".join(f"{where}“{_cut(text)}”" for text, where in doubt.said[:3])
            yield f"    {doubt.label}：{doubt.why}（{said}）"
        if len(adopted.doubts) > _SHOWN:
            yield f"    ……还有 {len(adopted.doubts) - _SHOWN} 项，见“{listing}”"
    if adopted.contradicted:
        yield f"原报告印的与按填入的数算出的不一样：{number['contradictions']} 处"
        for one in adopted.contradicted[:_SHOWN]:
            yield f"    {one.label}：{one.where}印的是 {one.printed}，算出是 {one.computed}"
        if len(adopted.contradicted) > _SHOWN:
            yield f"    ……还有 {len(adopted.contradicted) - _SHOWN} 处，见“{listing}”"
    lifted, own, rest = adopted.shares
    whole = max(lifted + own + rest, 1)
    yield (
        f"原报告 {whole} 字：填入 {lifted} 字，格式里原有的 {own} 字，没有用上的 {rest} 字"
        f"（{number['unused']} 处，逐处列在“{listing}”）"
    )


def data(adopted: Adopted) -> dict[str, object]:
    """For `--json`."""
    lifted, own, rest = adopted.shares
    return {
        "year": adopted.year,
        "amounts": counts(adopted),
        "characters": {"lifted": lifted, "own": own, "unused": rest},
        "values": [
            {"field": _name(value), "label": value.field.label, "text": value.text, "places": list(value.places)}
            for value in adopted.values
        ],
        "left_out": [
            {"label": one.label, "why": one.why, "said": [{"text": text, "place": where} for text, where in one.said]}
            for one in adopted.doubts
        ],
        "contradictions": [
            {"figure": one.label, "place": one.where, "printed": one.printed, "computed": one.computed}
            for one in adopted.contradicted
        ],
        "missing": [{"field": one.fact, "label": one.label} for one in adopted.missing],
        "unused": [{"place": one.where, "text": one.text} for one in adopted.unused],
    }


def listing(adopted: Adopted) -> str:
    """The file beside the input."""
    return "\n".join(_listing(adopted)) + "\n"


def _listing(adopted: Adopted) -> Iterator[str]:
    yield f"# “{adopted.report.file}”读入对照"
    yield ""
    yield "## 填入的内容"
    yield ""
    for value in adopted.values:
        unit = UNIT if value.field.kind == "金额" and not value.text.endswith("元") else ""
        yield f"- {value.field.label}：{_cut(value.text)}{unit}（{'、'.join(value.places)}）"
    yield from _section(
        "没有填入、请看原报告再定的",
        [
            f"- {one.label}：{one.why}。" + "；".join(f"{where}“{text}”" for text, where in one.said)
            for one in adopted.doubts
        ],
    )
    yield from _section(
        "原报告印的与按填入的数算出的不一样",
        [f"- {one.label}：{one.where}印的是 {one.printed}，算出是 {one.computed}" for one in adopted.contradicted],
    )
    yield from _section("原报告里没有找到、要填写的", [f"- {one.label}" for one in adopted.missing])
    yield from _section("原报告里没有用上的", [f"- {one.where}：{one.text}" for one in adopted.unused])


def _section(title: str, found: list[str]) -> Iterator[str]:
    if found:
        yield ""
        yield f"## {title}"
        yield ""
        yield from found


def _cut(text: str) -> str:
    words = text.replace("\n", " ")
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"


def _name(value: Value) -> str:
    return value.field.path + "".join(f"[{row.lstrip('KPS')}]" for _, row in value.rows)
