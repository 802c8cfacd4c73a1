"""A small pack written into a folder, and the report that it makes of a few lines of YAML.

`pack_folder` writes real files; `Form` loads them the way the program does and runs all stations up to the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.case import InputFiles, read_case
from generator.diagnostics import Diagnostic, Outcome
from generator.document.nodes import Document
from generator.pack import Pack, PackRoots, load_pack
from generator.pipeline import check_case, make_document, without_repeats
from generator.writers.outline import write_outline

NAME = "example"

SETTINGS = """
名称: example
标题: 示例报告
种类: 示例
地区: 示例省
版本: "1"
上级: common
题名: "{{ 单位 }}{{ 年度 }}年度报告"
文件名: "{{ 年度 }}-{{ 单位 }}"
目录级次: 2
章节: [正文]
标题样式:
  默认:
    1: {编号: "第{一}部分 ", 样式: 标题1, 另页: 是}
    2: {编号: "{一}、", 样式: 标题2}
    3: {编号: "（{一}）", 样式: 标题3}
    4: {编号: "{1}.", 样式: 标题4}
  附件:
    1: {编号: "附件{1}", 样式: 附件号}
    2: {编号: "", 样式: 附件题名}
"""

FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称}
"""

DATA = """
报告: example
金额单位: 万元
年度: 2020
单位: 甲局
"""


def pack_folder(
    folder: Path, files: Mapping[str, str] | None = None, /, name: str = NAME, unit: str = "单位", **parts: str
) -> PackRoots:
    """Write templates/`name` and return where packs are found: there and inside the program.

    `parts`: fields, text, checks, charts, wording by their file's name; `settings` is added to pack.yaml. `files` adds
    or replaces files by their path in the pack. `unit`: where the unit's name stands among the fields.
    """
    settings = SETTINGS.replace("名称: example", f"名称: {name}").replace(
        "{{ 单位 }}", f"{{{{ {unit} }}}}"
    ) + parts.get("settings", "")
    if "角色" not in settings:
        day = ", 公开日期: 公开时间" if "\n公开时间: " in parts.get("fields", "") else ""
        settings += f"角色: {{年度: 年度, 单位: {unit}{day}}}\n"
    written = {
        "pack.yaml": settings,
        "fields.yaml": FIELDS + parts.get("fields", ""),
        "text/正文.md.j2": parts.get("text", "无。\n"),
        **{
            f"{part}.yaml": parts[part]
            for part in ("checks", "charts", "wording", "glossary", "style")
            if part in parts
        },
        **(files or {}),
    }
    for path, text in written.items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return PackRoots.with_own((folder,))


@dataclass(frozen=True)
class Report:
    """What came out: the outline, and everything that was found."""

    document: Document | None
    findings: tuple[Diagnostic, ...]

    @property
    def outline(self) -> str:
        """The document without the line of its first section."""
        return write_outline(self.document).split("\n", 1)[1] if self.document else ""

    @property
    def sentences(self) -> list[str]:
        """The paragraphs as a reader sees them."""
        return [plain(line[2:]) for line in self.outline.split("\n") if line.startswith("P ")]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.findings]

    @property
    def said(self) -> list[str]:
        """«T101 example/text/正文.md.j2 第3行 模板用了…», one line a finding."""
        return said(self.findings)


def said(findings: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[str]:
    return [f"{one.code} {one.place} {one.message} {one.hint}".rstrip() for one in findings]


def plain(outline: str) -> str:
    """Figures as they are printed: ‹91.68 收支总计.决算› → 91.68."""
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline)


@dataclass
class Form:
    """One pack for many reports."""

    roots: PackRoots
    name: str = NAME
    packs: dict[str, Outcome[Pack | None]] = field(default_factory=dict)

    def report(self, data: str = "", *, unit: str = "万元") -> Report:
        """`data` is what the office typed, besides year and name."""
        head = DATA.replace("example", self.name).replace("万元", unit)
        files = InputFiles(Path(), (("数据.yaml", head + data),), "")
        case = read_case(files, self.roots, self.packs)
        if case.value is None:
            return Report(None, case.diagnostics)
        made = make_document(case.value)
        findings = (*case.diagnostics, *check_case(case.value), *made.diagnostics)
        return Report(made.value, without_repeats(findings))


def lines_below_head() -> int:
    """Line number in «数据.yaml» of the first line of `data`, less one."""
    return DATA.count("\n")


def loaded(roots: PackRoots, name: str = NAME) -> Outcome[Pack | None]:
    return load_pack(name, roots)
