"""The look of a document: page, grid, fonts and named styles, as a pack's style.yaml states them.

All lengths are kept in Word's own units (twips, half-points, twentieths of a point), so nothing is converted while a
document is written. `parse_look` takes the merged mapping; the first mistake raises `LookError`, a Chinese sentence
with the words that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from generator.names import did_you_mean

SIZES = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14,
    "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5,
}  # fmt: skip
ALIGNMENTS = {"左": "left", "中": "center", "右": "right", "两端": "both"}
BUILT_IN = {
    "正文": ("BodyText", "Body Text"),
    **{f"标题{n}": (f"Heading{n}", f"heading {n}") for n in range(1, 10)},
    **{f"目录{n}": (f"TOC{n}", f"toc {n}") for n in range(1, 10)},
    "页眉": ("Header", "header"),
    "页脚": ("Footer", "footer"),
}
"""Styles that Word itself knows: our name → (styleId, Word's name). 正文 is Word's Body Text, not Normal: a table or a
text box that somebody adds later must not inherit the first-line indent."""

IN_WORD = {"正文": "正文（Word 里叫“正文文本”）"}
"""Where a person would look for another style of Word's: its own 正文 is Normal."""

PICTURE_PLACES = ("页眉", "封面")
PICTURE_FILES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""Ending of a picture's file → its content type."""

REQUIRED = ("正文", "目录标题", "图", "图题", "图无", "表题", "表号", "表左注", "表注", "页眉", "页脚")
"""Styles that the writer itself uses; tables name theirs."""


class LookError(ValueError):
    """`path`: the words of style.yaml that lead to the mistake, from the top."""

    def __init__(self, where: str, message: str, word: object = "") -> None:
        super().__init__(message)
        self.path = tuple(part for part in (*(where.split("·") if where else ()), str(word)) if part)


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Font:
    role: str
    east_asian: str
    latin: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One orientation of the paper, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Style:
    """`size` in half-points; `line` exact in twips, 0 = single; `first`, `left`, `right` in hundredths of a character.

    `on_grid`: set in the characters of the page's grid; others keep their natural spacing.
    """

    name: str
    identifier: str
    word_name: str
    font: Font
    size: int
    bold: bool = False
    align: str = "both"
    line: int = 0
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    right: int = 0
    keep_next: bool = False
    outline: int = 0
    leader: bool = False
    on_grid: bool = True
    colour: str = ""
    """Six hexadecimal digits; "" is black."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """`border` in eighths of a point; cell margins in twips; `text`, `head` name paragraph styles; `shade` behind the
    head, six hexadecimal digits or ""."""

    name: str
    text: str
    head: str
    border: int
    margin_x: int
    margin_y: int
    shade: str = ""
    identifier: str = ""
    word_name: str = ""


@dataclass(frozen=True, slots=True)
class ChartLook:
    """`height` in twips, `size` in hundredths of a point."""

    height: int
    font: Font
    size: int
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that every report carries, at a place of `PICTURE_PLACES`; `width` in twips. The pack brings `data`
    and, from it, `height`."""

    place: str
    file: str
    width: int
    alt: str
    align: str
    height: int = 0
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """`base`: the office's own style.docx, cleaned (`office_look.style_file`), or b"": all comes from style.yaml."""

    portrait: Sheet
    landscape: Sheet
    line_pitch: int
    character_spacing: int
    fonts: tuple[Font, ...]
    styles: tuple[Style, ...]
    tables: tuple[TableLook, ...]
    chart: ChartLook
    pictures: tuple[Picture, ...] = ()
    base: bytes = field(default=b"", repr=False)
    front_pages: int = 0
    """Pages of the cover that `base` has."""

    def style(self, name: str) -> Style:
        """The named style; 正文 for a name that the look does not have (the pack room reports it)."""
        return next((style for style in self.styles if style.name == name), self.styles[0])

    def table(self, name: str) -> TableLook:
        return next((table for table in self.tables if table.name == name), self.tables[0])

    def squeezed(self, wanted: Iterable[tuple[str, int, int]]) -> Look:
        """The same with further kinds of tables: name of the kind, margin above and below in twips, half-points by
        which letters are smaller. Each is called as `squeezed_name` says."""
        tables, styles = list(self.tables), list(self.styles)
        for kind, margin, smaller in dict.fromkeys(wanted):
            old, names = self.table(kind), []
            for style in (self.style(old.text), self.style(old.head)):
                names.append(style.name)
                size = least_size(style.size, smaller)
                if size == style.size:
                    continue
                names[-1] = f"{style.name}（{size / 2:g}磅）"
                if all(one.name != names[-1] for one in styles):
                    line = round(style.line * size / style.size)
                    # No number: a style.docx may have styles of that number which the look does not name.
                    new = f"{style.identifier}-{size}"
                    made = replace(style, name=names[-1], identifier=new, word_name=names[-1], size=size, line=line)
                    styles.append(made)
            name = squeezed_name(kind, margin, smaller)
            tables.append(replace(old, name=name, text=names[0], head=names[1], margin_y=margin))
        return self if len(tables) == len(self.tables) else replace(self, tables=tuple(tables), styles=tuple(styles))


def least_size(size: int, smaller: int) -> int:
    """A size in half-points made smaller, not below 六号."""
    return max(size - smaller, min(size, round(SIZES["六号"] * 2)))


def squeezed_name(kind: str, margin: int, smaller: int) -> str:
    return f"{kind}（一页{margin}-{smaller}）"


def parse_look(data: Mapping[str, Any]) -> Look:
    """The look that a style.yaml (merged over its parents') states."""
    top = _words(data, "", {"版面": None, "字体": None, "样式": None, "表格": None, "图": None, "图片": {}})
    page = _words(
        top["版面"],
        "版面",
        {
            "纸张": None, "页边距": None, "横页边距": None, "页眉距": 15, "页脚距": 22.7, "横页脚距": 13.7,
            "行距": 28.95, "字距": -0.3,
        },
    )  # fmt: skip
    paper = _words(page["纸张"], "版面·纸张", {"宽": 210, "高": 297})
    width, height = twips(_number(paper["宽"], "版面·纸张·宽")), twips(_number(paper["高"], "版面·纸张·高"))
    fonts = {role: _font(role, words) for role, words in _mapping(top["字体"], "字体").items()}
    styles: list[Style] = []
    for name, words in _mapping(top["样式"], "样式").items():
        if words is not None:
            styles.append(_style(name, len(styles), words, fonts))
    names = {style.name: style for style in styles}
    stated = [(name, words) for name, words in _mapping(top["表格"], "表格").items() if words]
    tables = tuple(_table(name, number, words, names) for number, (name, words) in enumerate(stated, 1))
    if not tables:
        raise LookError("表格", "“表格”里至少要有一种，例如“附表”。")
    for name in REQUIRED:
        if name not in names:
            raise LookError("样式", f"“样式”里缺少“{name}”。", name)
    styles.sort(key=lambda style: style.name != "正文")
    chart = _words(top["图"], "图", {"高": 75, "字体": "宋体", "字号": "五号", "颜色": None})
    colours = tuple(map(_colour_digits, chart["颜色"] if isinstance(chart["颜色"], list) else ()))
    if not colours or not all(colours):
        raise LookError("图·颜色", "“图·颜色”应是六位十六进制颜色的列表，例如 [“4472C4”]。")
    portrait = _sheet((width, height), page, "页边距", "页脚距")
    return Look(
        portrait,
        _sheet((height, width), page, "横页边距", "横页脚距"),
        _twentieths(page["行距"], "版面·行距"),
        _twentieths(page["字距"], "版面·字距"),
        tuple(fonts.values()),
        tuple(styles),
        tables,
        ChartLook(
            twips(_number(chart["高"], "图·高")),
            _known(chart["字体"], fonts, "图·字体"),
            round(_size(chart["字号"], "图·字号") * 100),
            colours,
        ),
        tuple(_picture(place, words, portrait) for place, words in _mapping(top["图片"], "图片").items() if words),
    )


def _sheet(size: tuple[int, int], page: Mapping[str, Any], edges: str, foot: str) -> Sheet:
    where = f"版面·{edges}"
    given = _words(page[edges], where, {"上": None, "下": None, "左": None, "右": None})
    top, bottom, left, right = (twips(_number(given[edge], f"{where}·{edge}")) for edge in "上下左右")
    header, footer = (twips(_number(page[word], f"版面·{word}")) for word in ("页眉距", foot))
    return Sheet(*size, top, bottom, left, right, header, footer)


def _font(role: str, words: object) -> Font:
    given = _words(words, f"字体·{role}", {"中文": None, "西文": "", "替代": ""})
    return Font(role, str(given["中文"]), str(given["西文"] or given["中文"]), str(given["替代"] or ""))


def _style(name: str, number: int, words: object, fonts: Mapping[str, Font]) -> Style:
    where = f"样式·{name}"
    given = _words(
        words,
        where,
        {
            "字体": None, "字号": None, "粗": False, "对齐": "两端", "行距": "单倍", "段前": 0, "段后": 0,
            "首行缩进": 0, "左缩进": 0, "右缩进": 0, "与下段同页": False, "大纲级别": 0, "前导点": False, "网格": True,
            "颜色": "",
        },
    )  # fmt: skip
    identifier, word_name = BUILT_IN.get(name, (f"J{number + 1}", name))
    outline = given["大纲级别"]
    if not isinstance(outline, int) or not 0 <= outline <= 9:
        raise LookError(where, f"“{where}·大纲级别”应是 1 到 9 的整数。", "大纲级别")
    first, left, right = (
        round(_number(given[word], f"{where}·{word}") * 100) for word in ("首行缩进", "左缩进", "右缩进")
    )
    return Style(
        name,
        identifier,
        word_name,
        _known(given["字体"], fonts, f"{where}·字体"),
        round(_size(given["字号"], f"{where}·字号") * 2),
        bold=_yes(given["粗"], f"{where}·粗"),
        align=_known(given["对齐"], ALIGNMENTS, f"{where}·对齐"),
        line=0 if given["行距"] == "单倍" else _twentieths(given["行距"], f"{where}·行距"),
        before=_twentieths(given["段前"], f"{where}·段前"),
        after=_twentieths(given["段后"], f"{where}·段后"),
        first=first,
        left=left,
        right=right,
        keep_next=_yes(given["与下段同页"], f"{where}·与下段同页"),
        outline=outline,
        leader=_yes(given["前导点"], f"{where}·前导点"),
        on_grid=_yes(given["网格"], f"{where}·网格"),
        colour=_colour(given["颜色"], f"{where}·颜色"),
    )


def _table(name: str, number: int, words: object, styles: Mapping[str, Style]) -> TableLook:
    where = f"表格·{name}"
    given = _words(
        words, where, {"文字": None, "表头": None, "线宽": 0.5, "左右边距": 0.8, "上下边距": 0.7, "底色": ""}
    )
    return TableLook(
        name,
        _known(given["文字"], styles, f"{where}·文字").name,
        _known(given["表头"], styles, f"{where}·表头").name,
        round(_number(given["线宽"], f"{where}·线宽") * 8),
        twips(_number(given["左右边距"], f"{where}·左右边距")),
        twips(_number(given["上下边距"], f"{where}·上下边距")),
        _colour(given["底色"], f"{where}·底色"),
        f"JT{number}",
        name,
    )


def _picture(place: str, words: object, sheet: Sheet) -> Picture:
    where = f"图片·{place}"
    if place not in PICTURE_PLACES:
        hint = did_you_mean(str(place), PICTURE_PLACES)
        raise LookError("图片", f"“图片”里不认识“{place}”。{hint}可用的有：{'、'.join(PICTURE_PLACES)}。", place)
    given = _words(words, where, {"文件": None, "宽": None, "说明": None, "对齐": "中"})
    file, width = str(given["文件"]), twips(_number(given["宽"], f"{where}·宽"))
    if PurePath(file).suffix.lower() not in PICTURE_FILES or set(file) & set("/\\:"):
        raise LookError(where, f"“{where}·文件”应是模板包里的一个 .png 或 .jpg 文件的名称，现在是“{file}”。", "文件")
    if not 0 < width <= sheet.text_width:
        most = sheet.text_width * 25.4 / 1440
        raise LookError(where, f"“{where}·宽”应大于 0，不超过版心的宽（{most:.0f} 毫米）。", "宽")
    align = _known(given["对齐"], ALIGNMENTS, f"{where}·对齐")
    return Picture(place, file, width, str(given["说明"]), align)


def _mapping(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise LookError(where, f"“{where or 'style.yaml'}”应写成“词: 值”的样子。")
    return data


def _words(data: object, where: str, known: Mapping[str, object]) -> dict[str, Any]:
    """The words of one mapping over their defaults; a default of None means that the word must be there."""
    given = _mapping(data, where)
    for word in given:
        if word not in known:
            raise LookError(where, f"“{where or 'style.yaml'}”里不认识“{word}”。{did_you_mean(str(word), known)}", word)
    merged = {**known, **given}
    for word, value in merged.items():
        if value is None:
            raise LookError(where, f"“{where or 'style.yaml'}”里缺少“{word}”。", word)
    return merged


def _known(word: object, table: Mapping[str, Any], where: str) -> Any:
    if str(word) not in table:
        raise LookError(
            where, f"“{where}”不认识“{word}”。{did_you_mean(str(word), table)}可用的有：{'、'.join(table)}。"
        )
    return table[str(word)]


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LookError(where, f"“{where}”应是数字，现在是“{value}”。")
    return value


def _twentieths(value: object, where: str) -> int:
    return round(_number(value, where) * 20)


def _size(value: object, where: str) -> float:
    return SIZES[value] if isinstance(value, str) and value in SIZES else _number(value, where)


def _colour_digits(value: object) -> str:
    """«5B9BD5»; "" when it is no colour."""
    text = str(value).upper()
    return text if len(text) == 6 and not set(text) - set("0123456789ABCDEF") else ""


def _colour(value: object, where: str) -> str:
    digits = _colour_digits(value)
    if value != "" and not digits:
        raise LookError(where, f"“{where}”应是六位十六进制的颜色，例如 “C00000”（红），现在是“{value}”。")
    return digits


def _yes(value: object, where: str) -> bool:
    if value in (True, "是"):
        return True
    if value in (False, "否"):
        return False
    raise LookError(where, f"“{where}”应是“是”或“否”，现在是“{value}”。")
