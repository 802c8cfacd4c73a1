"""A slip in a template: what Jinja2 and Python say in English, said to the author in Chinese."""

from __future__ import annotations

import pytest
from support import Form, pack_folder


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{{ 1 if }}", "没有写完，可能缺少括号或引号"),
        ("{{ (1 }}", "没有写完，可能缺少括号或引号"),
        ("{{ 单位", "没有写完，可能缺少括号或引号"),
        ("{{ }}", "没有写完，可能缺少括号或引号"),
        ("{# 甲", "没有写完，可能缺少括号或引号"),
        ("{{ 单位 | }}", "没有写完，这里应是“名称”"),
        ("{% for 项 %}", "没有写完，这里应是“in”"),
        ("{% if 单位 %}", "没有写完，可能缺少 {% endfor %} 或 {% endif %}"),
        ("{{ 单位 年度 }}", "这里应是“}}”，写的是“年度”"),
        ("{% iff 单位 %}", "用了不认识的标签：“iff”"),
        ("{{ 单位，年度 }}", "有不能用的字符，可能是全角标点：“，”"),
        ("{{ * }}", "有多余的记号：“*”"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "看不懂这里的写法：“a”"),
        ("{{ 单位 | 万 }}", "没有“| 万”这种写法。您是否指“万元”？"),
        ("{{ 单位 is 空 }}", "没有“is 空”这种写法。"),
        ("{% include '别的' %}", "不能引用别的模板文件"),
        ("{{ 单位(甲=1, 甲=2) }}", "括号里同一个值写了两次"),
    ],
)
def test_a_slip_in_writing(tmp_path, written: str, reason: str) -> None:
    said = Form(pack_folder(tmp_path, text=written)).report().said
    line = "" if "两次" in reason else " 第1行"  # Python names no line of the template
    assert said == [f"T102 example/text/正文.md.j2{line} 模板的写法有误：{reason} 出错的地方：正文“正文”"]
