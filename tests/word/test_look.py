"""style.yaml becomes the look; a slip in it is named in Chinese."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.word.look import parse_look

STYLE = yaml.safe_load((Path(__file__).parents[2] / "templates/common/style.yaml").read_text(encoding="utf-8"))


def changed(*path: str, to: object) -> dict[str, Any]:
    """The common style with one value replaced."""
    data = deepcopy(STYLE)
    inner = data
    for word in path[:-1]:
        inner = inner[word]
    inner[path[-1]] = to
    return data


def test_the_page_of_gb_t_9704() -> None:
    look = parse_look(STYLE)
    sheet = look.portrait
    assert (sheet.width, sheet.height, sheet.top, sheet.left) == (11906, 16838, 2098, 1587)
    assert sheet.text_width == pytest.approx(156 * 1440 / 25.4, abs=2)
    assert (look.line_pitch, look.character_spacing) == (579, -6)
    assert look.landscape.text_width == pytest.approx(225 * 1440 / 25.4, abs=2)


def test_styles_have_chinese_names_and_words_own_identifiers() -> None:
    look = parse_look(STYLE)
    assert [look.style(name).identifier for name in ("标题1", "目录2", "页脚")] == ["Heading1", "TOC2", "Footer"]
    assert (look.style("标题2").font.east_asian, look.style("标题2").size) == ("黑体", 32)
    assert look.style("没有的样式") == look.style("正文")


def test_a_smaller_style_is_called_after_the_one_it_is_made_from() -> None:
    """By a number it could meet a style of an office's own file, and print in that one's look."""
    look = parse_look(STYLE)
    kind = look.tables[0]
    smaller = look.squeezed([(kind.name, 9, 3)])
    made = smaller.styles[len(look.styles) :]
    assert made and all(one.identifier.rpartition("-")[0] in {old.identifier for old in look.styles} for one in made)
    assert len({one.identifier for one in smaller.styles}) == len(smaller.styles)


def test_sizes_by_name_or_in_points() -> None:
    assert parse_look(changed("样式", "正文", "字号", to=16)) == parse_look(changed("样式", "正文", "字号", to="三号"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed("样式", "正文", "字休", to="仿宋"), "“样式·正文”里不认识“字休”。您是否指“字体”？"),
        (changed("样式", "正文", "字体", to="彷宋"), "“样式·正文·字体”不认识“彷宋”。您是否指“仿宋”？"),
        (changed("样式", "正文", "字号", to="三"), "“样式·正文·字号”应是数字，现在是“三”。"),
        (changed("样式", "正文", "粗", to="对"), "“样式·正文·粗”应是“是”或“否”，现在是“对”。"),
        (changed("样式", "正文", to=["仿宋"]), "“样式·正文”应写成“词: 值”的样子。"),
        (changed("样式", "图题", to=None), "“样式”里缺少“图题”。"),
        (changed("表格", "附表", "文字", to="小字"), "“表格·附表·文字”不认识“小字”。"),
        (changed("图", "颜色", to=["红"]), "“图·颜色”应是六位十六进制颜色"),
    ],
)
def test_slips_are_named(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"“") as raised:
        parse_look(data)
    assert str(raised.value).startswith(sentence)
