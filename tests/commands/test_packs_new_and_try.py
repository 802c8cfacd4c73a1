"""`juesuan packs new` and `juesuan packs try`: from nothing to a pack that is tried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from every import some
from screen import juesuan

from generator.lint.lint import lint_pack
from generator.pack import PackRoots, load_pack
from generator.pack.sources import gather, usable_names

SENTENCE = re.compile(r"# (例|要填什么|核对关系|措辞|上级|名词解释|版式|全部)")


def packs(folder: Path, *words: object) -> tuple[int, list[str]]:
    run = juesuan("packs", "--templates", folder, *words)
    return run.status, run.text.splitlines()


def linted(folder: Path, name: str) -> list[str]:
    roots = PackRoots.with_own((folder,))
    loaded = load_pack(name, roots)
    assert loaded.value is not None
    return [
        f"{d.code} {d.place} {d.message}"
        for d in (*loaded.diagnostics, *lint_pack(loaded.value, gather(loaded.value.name, roots)))
    ]


def test_a_new_pack_says_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "我的模板").mkdir()
    status, said = packs(tmp_path / "我的模板", "new", "某省自评表", "--上级", "project-performance")
    place = tmp_path / "我的模板"
    assert status == 0
    assert said[:8] == [
        f"已新建：{place}/某省自评表",
        "  pack.yaml",
        "  fields.yaml",
        "  wording.yaml",
        "  checks.yaml",
        "  glossary.yaml",
        "  style.yaml",
        "  README.md",
    ]
    assert said[8:12] == [
        "接下来：",
        f"  1. 用记事本等打开 {place}/某省自评表/pack.yaml，改“标题”“地区”“年度”；再照 README.md 改要改的地方",
        f"  2. 每改一处，检查写法：juesuan packs --templates {place} lint 某省自评表",
        f"  3. 试着填几份样本，看报告排得怎样：juesuan packs --templates {place} try 某省自评表 -o 样本",
    ]
    assert packs(place, "lint", "某省自评表") == (0, ["没有发现问题。"])


@pytest.mark.parametrize("parent", [None, *some(["performance", *usable_names(PackRoots.with_own())], 4)])
def test_it_is_right_as_it_stands_and_with_each_of_its_examples_in_force(tmp_path: Path, parent: str | None) -> None:
    status, _ = packs(tmp_path, "new", "new-one", *(("--parent", parent) if parent else ()))
    assert status == 0
    assert linted(tmp_path, "new-one") == []
    folder = tmp_path / "new-one"
    assert parent is None or parent == "performance" or not (folder / "text").exists()
    for file in sorted(folder.glob("*.yaml")):
        lines = file.read_text(encoding="utf-8").splitlines()
        if parent in (None, "performance") or file.name == "pack.yaml":
            continue
        assert all(line.startswith("# ") for line in lines), "nothing of the parent is copied"
        in_force = "\n".join(line.removeprefix("# ") for line in lines if not SENTENCE.match(line)) + "\n"
        assert yaml.safe_load(in_force)
        file.write_text(in_force, encoding="utf-8")
    assert linted(tmp_path, "new-one") == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "某省"
    folder.mkdir()
    (folder / "笔记.txt").write_text("不要动", encoding="utf-8")
    status, said = packs(tmp_path, "new", "某省")
    assert (status, said[0].split()[:2]) == (1, ["错误", "X062"])
    assert [path.name for path in folder.iterdir()] == ["笔记.txt"]
    status, said = packs(tmp_path, "new", "project-performance")
    assert (status, said[:2]) == (1, ["错误 T178", "    已经有叫“project-performance”的模板包，没有新建"])


@pytest.mark.parametrize("name", ["某省/决算", "..", "某省 决算", "x" * 61])
def test_a_name_that_no_pack_may_have(tmp_path: Path, name: str) -> None:
    status, said = packs(tmp_path, "new", name)
    assert (status, said[0]) == (1, "错误 T177")
    assert "不能作模板包的名称" in said[1] and "只用汉字、字母、数字" in said[2]
    assert list(tmp_path.iterdir()) == []


def test_a_parent_that_is_not_there(tmp_path: Path) -> None:
    status, said = packs(tmp_path, "new", "某省", "--上级", "final-account-national")
    assert (status, said[:2]) == (1, ["错误 T112", "    模板包“final-account-national”不存在"])
    assert said[-1] == "没有新建。"
    assert list(tmp_path.iterdir()) == []


# -- try --------------------------------------------------------------------------------------------------------------
def one_year(tmp_path: Path) -> Path:
    """The smallest whole pack, for 2021 alone."""
    assert packs(tmp_path, "new", "本地")[0] == 0
    settings = tmp_path / "本地" / "pack.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^年度: .*$", "年度: {自: 2021, 至: 2021}", text), encoding="utf-8")
    return tmp_path / "本地"


def test_trying_says_what_was_tried_and_leaves_nothing(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert packs(tmp_path, "try", "本地") == (
        0,
        [
            "没有发现问题。",
            "试了4份样本（平常、全零、空表、最长；2021年度），生成了4份 Word 文件并读回核对。",
            "包里没有样例；要放一份，请加 --write-outline（样例/填报数据.yaml 和 样例/大纲.txt）。",
            "要看样本和 Word 文件，请加 -o 文件夹。",
        ],
    )
    assert sorted(tmp_path.rglob("*")) == before
    (pack / "text" / "正文.md.j2").write_text("# 附表1 各项目支出表\n\n```表 收支情况表\n```\n", encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地")
    assert status == 0
    assert said[:3] == [
        "警告 T169  本地/tables/收支情况表.yaml 第1行",
        "    标题连着印了两遍：“附表1 各项目支出表”下面又是“各项目支出表”（样本“平常”“全零”“空表”“最长”，2021年度）",
        "    请删去其中一个；表的标题与上面的标题一字不差时，程序只印一个",
    ]


def test_the_samples_can_be_opened_and_built(tmp_path: Path) -> None:
    one_year(tmp_path)
    out = tmp_path / "样本"
    status, said = packs(tmp_path, "try", "本地", "-o", out)
    assert (status, said[-1]) == (0, f"样本和 Word 文件放在 {out}，可以打开来看。")
    names = [f"{kind}-2021.{ending}" for kind in ("平常", "全零", "空表", "最长") for ending in ("docx", "yaml")]
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == sorted(names)
    assert (out / "平常-2021.yaml").read_text(encoding="utf-8").splitlines()[:11] == [
        "# 年度收支情况报告：样本“平常”，2021年度。程序按填报项做的，不是真实的数。",
        "报告: 本地",
        "金额单位: 元",
        "年度: 2021",
        "报告日期: '2022-08-20'",
        "单位:",
        "  名称: 示例市示例局",
        "收入:",
        "  本年: 1064400",
        "  上年: 327400",
        "  原因: 因本年示例事项的安排与上年不同，按照批准的计划据实列支",
    ]
    run = juesuan("build", out / "平常-2021.yaml", "--templates", tmp_path, "-o", tmp_path / "成稿")
    assert run.status == 0, run.text


def test_mistakes_of_writing_come_first(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    (pack / "text" / "正文.md.j2").write_text("{{ 收人.本年 }}\n", encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地")
    assert (status, said[0], said[-1]) == (
        1, "错误 T101  本地/text/正文.md.j2 第1行", "写法还有错误，没有试样本。请改正后重新运行。",
    )  # fmt: skip
    assert packs(tmp_path, "try", "performance")[0] == 1


def test_for_programs(tmp_path: Path) -> None:
    one_year(tmp_path)
    run = juesuan("packs", "--templates", tmp_path, "try", "本地", "--json")
    told = json.loads(run.text)
    assert (told["findings"], told["samples"], told["reports"], told["saved"]) == (
        [], ["平常-2021", "全零-2021", "空表-2021", "最长-2021"], 4, [],
    )  # fmt: skip


# -- the pack's own case ----------------------------------------------------------------------------------------------
def test_a_case_remembers_how_the_report_was(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    status, said = packs(tmp_path, "try", "本地", "--写大纲")
    assert (status, said[-2]) == (0, f"已写大纲：{pack / '样例' / '大纲.txt'}")
    assert packs(tmp_path, "lint", "本地") == (0, ["没有发现问题。"])
    assert packs(tmp_path, "try", "本地")[1][-2] == "样例的报告与大纲一样。"
    outline = (pack / "样例" / "大纲.txt").read_text(encoding="utf-8").splitlines()
    line = next(number for number, words in enumerate(outline, 1) if "支出情况" in words)
    text = pack / "text" / "正文.md.j2"
    text.write_text(text.read_text(encoding="utf-8").replace("# 支出情况", "# 本年支出"), encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地")
    assert status == 1
    assert said[:3] == [
        f"错误 T166  本地/样例/大纲.txt 第{line}行",
        "    样例的报告与大纲不一样，第一处：现在是“# [标题2] 二、本年支出”，大纲里是“# [标题2] 二、支出情况”",
        "    是有意改的，请运行 juesuan packs try 本地 --write-outline 更新大纲；不是的，请改正模板包",
    ]
    assert said[-2] == "样例的报告与大纲不一样。"
    packs(tmp_path, "try", "本地", "--write-outline")
    assert packs(tmp_path, "try", "本地")[0] == 0


def test_a_case_that_makes_no_report(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    packs(tmp_path, "try", "本地", "--写大纲")
    case = pack / "样例" / "填报数据.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("  本年: ", "  去年: "), encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地")
    assert (status, [line for line in said if line.startswith("错误")]) == (
        1, ["错误 T176  本地/样例/填报数据.yaml 第8行", "错误 T176  本地/样例/填报数据.yaml 第9行"],
    )  # fmt: skip
    assert said[-2] == "样例没有做成报告。"


def test_a_case_whose_report_cannot_be_made_is_not_left_behind(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    never = "绝不: {应当: =年度 < 2000, 说明: 年度太晚}\n"
    (pack / "checks.yaml").write_text(never, encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地", "--写大纲")
    assert (status, said[-2]) == (1, "样例没有做成报告。")
    assert not (pack / "样例").exists()


def test_what_lint_would_say_is_said_once(tmp_path: Path) -> None:
    pack = one_year(tmp_path)
    text = pack / "text" / "正文.md.j2"
    text.write_text(text.read_text(encoding="utf-8") + "\n【口经】。\n", encoding="utf-8")
    status, said = packs(tmp_path, "try", "本地")
    assert [line for line in said if line.startswith(("错误", "警告"))] == [
        f"警告 T149  本地/text/正文.md.j2 第{text.read_text(encoding='utf-8').count(chr(10))}行"
    ]
    assert status == 0


def test_a_case_is_not_inherited_and_holds_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "某省" / "样例"
    packs(tmp_path, "new", "某省", "--上级", "project-performance")
    assert packs(tmp_path, "try", "某省")[1][-2].startswith("包里没有样例")
    folder.mkdir()
    (folder / "大纲.md").write_text("一\n", encoding="utf-8")
    status, said = packs(tmp_path, "lint", "某省")
    assert (status, said[0]) == (1, "错误 T125  某省/样例/大纲.md")
