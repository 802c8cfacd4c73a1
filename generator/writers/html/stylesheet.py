"""The look as CSS: the pack's styles, the widths and alignments of its tables, paper and screen.

Sizes are shares of the text's own size, so that a reader's larger print enlarges everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.word.look import Font, Look, Sheet, Style
from generator.writers.html.table import Grid

_ALIGNS = {"left": "left", "center": "center", "right": "right", "both": "justify"}
_FALLBACKS = {
    "宋": '"SimSun","NSimSun","Songti SC","Noto Serif CJK SC","Source Han Serif SC",serif',
    "仿": '"FangSong","FangSong_GB2312","STFangsong","Noto Serif CJK SC","Source Han Serif SC",serif',
    "楷": '"KaiTi","KaiTi_GB2312","STKaiti","Kaiti SC","Noto Serif CJK SC",serif',
    "黑": '"SimHei","Heiti SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif',
}
"""What stands in for a font, by the first sign that tells its kind."""
_DIGITS = "".join(
    f'@font-face{{font-family:"digits";font-weight:{weight};'
    f'src:local("Times New Roman{name}"),'
    f'local("Liberation Serif{name}");unicode-range:U+20-7E}}\n'
    for weight, name in (("normal", ""), ("bold", " Bold"))
)
"""Latin letters and digits alone come from the Latin font: of quotation marks it has only narrow ones."""
_FIXED = """\
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#f3f5f8;color:#000}
.doc{font-size:16pt;overflow-wrap:anywhere}
.doc section{background:#fff;max-width:210mm;margin:0 auto 8mm;padding:20mm 14mm}
.doc section.lying{max-width:297mm}
.doc .front p{text-align:center}
.doc :is(h1,h2,h3,h4,h5,h6){margin:0;font-weight:normal}
.doc :is(p,ul,figure){margin:0;padding:0}
.doc li{list-style:none}
.doc nav a{color:#0f4c96}
.doc :is(a,.wide):focus-visible{outline:3px solid #0f4c96;outline-offset:2px}
.doc .table{margin:1em 0}
.doc .wide{overflow-x:auto}
.doc table{border-collapse:collapse;width:100%;margin:0 auto}
.doc caption{caption-side:top;padding:0}
.doc :is(caption p,.table>p){text-indent:0;display:flex;justify-content:space-between;gap:1em}
.doc :is(caption p,.table>p):not(:has(span)){display:block}
.doc :is(th,td){text-align:center;border:.5pt solid #000;font-weight:normal;text-indent:0;vertical-align:middle}
.doc :is(th,td).l{text-align:left}.doc :is(th,td).r{text-align:right}
.doc tbody td{font-variant-numeric:tabular-nums}
.doc figure{margin:1em 0}
.doc svg{display:block;width:100%;max-width:170mm;height:auto;margin:0 auto}
.draft{position:sticky;top:0;margin:0;padding:.3em;background:#fdeceb;color:#a8201a;text-align:center;font-weight:bold}
@media (max-width:820px){.doc{font-size:17px}.doc section{margin:0 0 4mm;padding:6mm 5mm}}
"""
_PRINT = """\
@media print{body{background:#fff}.doc section,.doc section.lying{max-width:none;margin:0;padding:0}
.doc section+section,.doc .np{break-before:page}.doc .lying{page:lying}.doc .wide{overflow:visible}
.doc thead{display:table-header-group}.doc :is(tr,figure){break-inside:avoid}
.doc :is(h1,h2,h3,h4,h5,h6,caption){break-after:avoid}.doc a{color:#000;text-decoration:none}
.doc table{min-width:0!important}.draft{position:fixed;top:0;width:100%;background:none}}
"""


def stylesheet(look: Look, styles: Mapping[str, str], grids: Mapping[Grid, int]) -> str:
    """CSS for the styles that a document uses (name → class) and its tables' grids (→ number)."""
    base = look.style("正文").size
    return "".join(
        (
            _DIGITS,
            _FIXED,
            *(_style(label, look.style(name), base) for name, label in styles.items()),
            *(_grid(grid, number, look) for grid, number in grids.items()),
            _page("", look.portrait),
            _page(" lying", look.landscape),
            _PRINT,
        )
    )


def _style(label: str, style: Style, base: int) -> str:
    """`line` of 0 is single; sizes below 12 screen points are not made smaller on a phone."""
    height = f"{max(style.line / (style.size * 10), 1.15):.3g}" if style.line else "1.3"
    rules = [
        f"font:{'bold ' if style.bold else ''}max({style.size / base:.4g}em,12px)/{height} {_family(style.font)}",
        f"text-align:{_ALIGNS[style.align]}",
    ]
    rules += [f"text-indent:{style.first / 100:g}em"] if style.first else []
    rules += [f"padding-{side}:{value / 100:g}em" for side, value in _sides(style) if value]
    rules += [f"margin-{side}:{value / (style.size * 10):.3g}em" for side, value in _gaps(style) if value]
    rules += [f"color:#{style.colour}"] if style.colour else []
    return f".doc .{label}{{{';'.join(rules)}}}\n"


def _sides(style: Style) -> tuple[tuple[str, int], ...]:
    return ("left", style.left), ("right", style.right)


def _gaps(style: Style) -> tuple[tuple[str, int], ...]:
    return ("top", style.before), ("bottom", style.after)


def _family(font: Font) -> str:
    known = next((names for sign, names in _FALLBACKS.items() if sign in font.east_asian), _FALLBACKS["宋"])
    own = "".join(f'"{_plain(name)}",' for name in (font.east_asian, font.alternative) if name)
    # Where no such font is, Linux answers “SimSun” with a face whose punctuation stands in the middle of its square.
    modern = '"Noto Serif CJK SC","Source Han Serif SC",' if known is _FALLBACKS["宋"] else ""
    return f'"digits",{modern}{own}{known}'


def _plain(name: str) -> str:
    """A font's name without signs that could end it."""
    return re.sub(r'["\\\n<>{};]', "", name)


def _grid(grid: Grid, number: int, look: Look) -> str:
    """Widths in shares of the table; on a narrow screen it stays readable and is moved sideways."""
    total = sum(grid.widths) or 1
    kind = look.table(grid.kind)
    rules = [f".doc .g{number}{{min-width:{min(total, 400) * 0.75:.0f}mm}}"]
    rules.append(f".doc .g{number} :is(th,td){{padding:{kind.margin_y / 20:g}pt {kind.margin_x / 20:g}pt}}")
    if kind.shade:
        rules.append(f".doc .g{number} thead{{background:#{kind.shade}}}")
    rules += [f".doc .g{number} .k{at}{{width:{100 * width / total:.4g}%}}" for at, width in enumerate(grid.widths, 1)]
    return "".join(rules) + "\n"


def _page(name: str, sheet: Sheet) -> str:
    edges = " ".join(f"{edge / 56.7:.4g}mm" for edge in (sheet.top, sheet.right, sheet.bottom, sheet.left))
    size = f"{sheet.width / 56.7:.4g}mm {sheet.height / 56.7:.4g}mm"
    return f"@page{name}{{size:{size};margin:{edges};@bottom-center{{content:counter(page)}}}}\n"
