"""`Pack`: everything that a report needs besides the office's data, compiled once and used for many reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jinja2 import Template

from generator.between.meanings import Meaning, parse_between
from generator.checks.reasons import ReasonPolicy
from generator.checks.rulebook import Requirement, parse_rulebook
from generator.checks.rules import Rule, compile_rules
from generator.checks.wording import FormWords
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.expressions.environment import Environment, EvaluationError, Expression, compile_expression
from generator.facts.accounts import Accounts
from generator.facts.fact import APPROVED_ROLE, PUBLISHED_ROLE, REVIEWED_ROLE, ROLES, YEAR_ROLE
from generator.filled_forms.form_words import ImportWords, parse_import_words
from generator.filling.completed_values import CompiledForm, compile_form
from generator.form.fields import TEXT_KINDS, Fields, parse_fields, walk_fields
from generator.names import did_you_mean
from generator.number_style import NumberStyle
from generator.pack.located_yaml import with_numbers
from generator.pack.office_look import office_look, pack_look
from generator.pack.places import PackRoots, pack_names
from generator.pack.row_lists import compiled
from generator.pack.score_sheets import sheet_findings
from generator.pack.sources import Sources, gather, mended, not_a_mapping
from generator.pack.table_order import ORDER
from generator.pack.terms import TERMS, compiled_terms, names_apart
from generator.pack.workbook_pages import BOOK, arranged
from generator.phrasing.wording_form import wording_findings
from generator.place import NOWHERE, Located, Place, place_of
from generator.plausibility.size_rules import SizeRules, parse_sizes
from generator.quantity import MONEY_UNITS
from generator.render.assemble import Chapter, HeadingStyle, ReportTemplate, make_environment
from generator.render.charts import ChartTemplate, compile_chart
from generator.render.glossary import AccountTerms, GlossaryEntry, Term
from generator.render.markup import filled_in_fences
from generator.render.sentences import read_chapter
from generator.render.spec_templates import SpecError, compile_template, is_yes
from generator.render.table_compiler import compile_table
from generator.render.tables import TableTemplate
from generator.scoring.rules import parse_scoring
from generator.word.look import Look, LookError, parse_look

PACK_WORDS = (
    *("名称", "标题", "种类", "地区", "版本", "上级", "抽象", "年度", "题名", "文件名", "目录级次", "章节", "标题样式"),
    *("角色", "单位", "数字", "原因", "编号段落", "图题", "复算口径", "尾差", TERMS, ORDER, BOOK),
)
GLOSSARY_WORDS = ("词", "解释", "出现", "科目")
_MOST_MISTAKES = 40
_KINDS_OF_ROLES = {
    YEAR_ROLE: ("年度",),
    PUBLISHED_ROLE: ("日期",),
    APPROVED_ROLE: ("日期",),
    REVIEWED_ROLE: ("选项",),
}
"""The others are played by texts."""
_NOT_WHOLE, _CORNERSTONES = ("T112", "T120"), ("/pack.yaml", "/fields.yaml")
"""A parent that is not there, files without which nothing has a name."""
_ACCOUNT_FILES = ("functional", "economic", "renames")


@dataclass(frozen=True, slots=True)
class Pack:
    """`years`: first and last fiscal year of the form (None = open); `successor`: the later years' pack, or ""."""

    name: str
    title: str
    kind: str
    region: str
    version: str
    abstract: bool
    years: tuple[int | None, int | None]
    successor: str
    form: CompiledForm
    rules: tuple[Rule, ...]
    rulebook: tuple[Requirement, ...]
    meanings: tuple[Meaning, ...]
    reasons: ReasonPolicy
    sizes: SizeRules
    form_words: FormWords
    report: ReportTemplate
    look: Look
    environment: Environment
    import_form: ImportWords
    stated_look: Look
    """What style.yaml says, without any style.docx."""

    def unseen_year(self, year: int, *places: Place) -> tuple[Diagnostic, ...]:
        """O036 when the form is not known to be that year's; `places`: where the year is typed."""
        first, last = self.years
        if (first or year) <= year <= (last or year):
            return ()
        later = self.successor if last and year > last else ""
        hint = (
            f"{year}年度请用“{later}”"
            if later
            else "各年报表格式有变动，请换用该年度的模板包；没有的，请对照当年的表样逐项核对"
        )
        span = f"{first or ''}—{last or ''}"
        return (finding("O036", *places, year=year, pack=self.title, span=span, hint=hint),)


def load_pack(name: str, roots: PackRoots, asked_at: Place = NOWHERE) -> Outcome[Pack | None]:
    """Read, join and compile one pack. All mistakes of all its files are reported at once (T-codes)."""
    sources = gather(name, roots, asked_at)
    if "pack.yaml" not in sources.data:
        if not sources.findings:
            sources.findings.append(not_a_mapping(f"{name}/pack.yaml"))
        return Outcome(None, tuple(sources.findings))
    if any(one.code in _NOT_WHOLE or one.place.file.endswith(_CORNERSTONES) for one in sources.findings):
        return Outcome(None, tuple(dict.fromkeys(sources.findings)))  # all else would only miss what was not read
    compiler = _PackCompiler(sources, roots)
    pack = compiler.pack()
    return Outcome(pack, tuple(dict.fromkeys(sources.findings)))


def with_style_file(pack: Pack, data: bytes, file: str) -> Outcome[Pack]:
    """The pack with the look of a style.docx that lies beside the unit's input."""
    read = office_look(data, file, pack.stated_look, pack.environment)
    report = replace(pack.report, blanks=read.value.blanks, own_cover=read.value.cover)
    return Outcome(replace(pack, look=read.value.look, report=report), read.diagnostics)


class _PackCompiler:
    def __init__(self, sources: Sources, roots: PackRoots) -> None:
        self.sources, self.roots = sources, roots
        self.findings = sources.findings
        self.settings: Mapping[str, Any] = sources.data["pack.yaml"]
        self.file = f"{sources.name}/pack.yaml"
        self.accounts = Accounts.load(*(sources.accounts.get(part, _EMPTY_CSV[part]) for part in _ACCOUNT_FILES))
        self.scoring, scoring_findings = parse_scoring(*self.read("scoring.yaml"))
        self.findings.extend(scoring_findings)
        self.body_style, self.table_style = self.number_style("正文"), self.number_style("附表")
        self.scoring = replace(self.scoring, style=self.body_style)
        self.environment = make_environment(self.accounts, self.scoring)
        self.environment.terms = compiled_terms(self.mapping(self.settings, TERMS), self.environment, self.findings)
        self.environment.row_lists = {
            name: compiled(rows, self.environment, self.findings) for name, rows in sources.rows.lists.items()
        }

    def wrong(self, code: str, at: object, **values: object) -> None:
        self.findings.append(finding(code, place_of(at) or Place(self.file), **values))

    def read(self, file: str) -> tuple[Any, str]:
        """What stands in one of the pack's YAML files, and how the file is called in findings."""
        return self.sources.data.get(file, {}), f"{self.sources.name}/{file}"

    # -- pieces
    def pack(self) -> Pack | None:
        settings = self.settings
        self.know(settings, PACK_WORDS, "pack.yaml")
        abstract = is_yes(settings.get("抽象"))
        fields = parse_fields(*self.read("fields.yaml"))
        lists = {name: Place(file) for name, (file, _) in self.sources.row_files.items()}
        self.findings.extend(names_apart(fields.value, lists, self.mapping(settings, TERMS)))
        laid = arranged(self.with_roles(fields.value), self.sources)
        with_roles = laid.value
        form = compile_form(with_roles, self.environment)
        rules, rule_findings = compile_rules(*self.read("checks.yaml"), self.environment)
        rulebook, of_rulebook = parse_rulebook(*self.read("rulebook.yaml"))
        meanings, of_meanings = parse_between(*self.read("between.yaml"), self.environment)
        imports = parse_import_words(*self.read("import.yaml"), with_roles)
        sizes = parse_sizes(*self.read("sizes.yaml"), self.environment)
        self.findings.extend((*fields.diagnostics, *form.diagnostics, *rule_findings, *of_rulebook, *of_meanings))
        self.findings.extend((*imports.diagnostics, *sizes.diagnostics, *laid.diagnostics))
        if not abstract:
            self.findings.extend(sheet_findings(self.scoring, fields.value, self.sources.name))
        stated = self.look()
        office = pack_look(self.sources, stated, self.environment) if stated is not None else None
        report = self.report(stated, abstract)
        if stated is None or office is None or report is None:
            return None
        self.findings.extend(office.diagnostics)
        report = replace(report, blanks=office.value.blanks, own_cover=office.value.cover)
        self.environment.printing = report.printing
        return Pack(
            name=self.sources.name,
            title=str(settings.get("标题", self.sources.name)),
            kind=str(settings.get("种类", "")),
            region=str(settings.get("地区", "")),
            version=str(settings.get("版本", "1")),
            abstract=abstract,
            years=self.years(),
            successor=self.successor(),
            form=form.value,
            rules=rules,
            rulebook=rulebook,
            meanings=meanings,
            reasons=self.reason_policy(),
            sizes=sizes.value,
            form_words=FormWords.of(self.sources.data.get("texts.yaml", {})),
            report=report,
            look=office.value.look,
            environment=self.environment,
            import_form=imports.value,
            stated_look=stated,
        )

    def number(self, value: object, what: str, word: str, default: int | None = None, most: int = 9999) -> int | None:
        """A whole number from 0 to `most`."""
        if value is None or (str(value).isdecimal() and int(str(value)) <= most):
            return default if value is None else int(str(value))
        hint = "请写整数" if most == 9999 else f"请写 0 到 {most} 的整数"
        self.wrong("T117", value, what=what, word=word, value=value, hint=hint)
        return default

    def mapping(
        self, data: Mapping[str, Any], word: str, what: str = "pack.yaml", known: Sequence[str] = ()
    ) -> Mapping[str, Any]:
        """The words below `word`, all of them `known` ones; {} when it is not there or holds something else."""
        value = data.get(word)
        if value is None or isinstance(value, Mapping):
            self.know(value or {}, known, word if what == "pack.yaml" else f"{what}·{word}")
            return value or {}
        shown = value if isinstance(value, str) else "……"
        self.wrong("T117", value, what=what, word=word, value=shown, hint="应写成“名称: 值”的一组内容")
        return {}

    def know(self, data: Mapping[str, Any], known: Sequence[str], what: str) -> None:
        for word in data if known else ():
            if word not in known:
                hint = did_you_mean(str(word), known) or f"可用的有：{'、'.join(known)}"
                self.wrong("T114", word, what=what, word=word, hint=hint)

    def with_roles(self, fields: Fields) -> Fields:
        """角色: which field plays which part; the fiscal year may be told by its type alone."""
        stated = self.mapping(self.settings, "角色", known=ROLES)
        kinds = {one.path: one.kind for one in walk_fields(fields)}
        for role, path in stated.items():
            right = _KINDS_OF_ROLES.get(str(role), TEXT_KINDS)
            # The year is read before anything else, so it stands outside all groups.
            fit = [one for one, kind in kinds.items() if kind in right and (role != YEAR_ROLE or "." not in one)]
            if role in ROLES and str(path) not in fit:
                hint = did_you_mean(str(path), fit) or f"请写类型是“{right[0]}”的一个填报项"
                self.wrong("T117", path, what="角色", word=role, value=path, hint=hint)
        return replace(fields, roles={**fields.roles, **{str(role): str(path) for role, path in stated.items()}})

    def years(self) -> tuple[int | None, int | None]:
        years = self.mapping(self.settings, "年度", known=("自", "至", "以后"))
        return self.number(years.get("自"), "年度", "自"), self.number(years.get("至"), "年度", "至")

    def successor(self) -> str:
        years = self.mapping(self.settings, "年度")
        name = years.get("以后")
        if name is None:
            return ""
        if not isinstance(name, str) or self.roots.find(name) is None:
            hint = did_you_mean(str(name), pack_names(self.roots)) or "请写模板包的名称"
            self.wrong("T117", name, what="年度", word="以后", value=name, hint=hint)
            return ""
        return name

    def reason_policy(self) -> ReasonPolicy:
        policy = self.mapping(self.settings, "原因", known=("阈值", "最少字数", "套话"))
        threshold = str(policy.get("阈值", 10))
        if not re.fullmatch(r"\d+(\.\d+)?", threshold):
            self.wrong("T117", policy["阈值"], what="原因", word="阈值", value=threshold, hint="请写数，如 10")
            threshold = "10"
        return ReasonPolicy(
            Decimal(threshold),
            self.number(policy.get("最少字数"), "原因", "最少字数", 6) or 0,
            tuple(str(word) for word in policy.get("套话") or ()),
        )

    def look(self) -> Look | None:
        """All mistakes of style.yaml at once: what is wrong is put back to what `common` says, and read on."""
        stated = self.sources.data.get("style.yaml", {})
        for _ in range(_MOST_MISTAKES):
            try:
                return parse_look(with_numbers(stated))
            except LookError as error:
                spot, stated = mended(stated, self.sources.standard_look, error.path)
                place = spot or Place(f"{self.sources.name}/style.yaml")
                self.findings.append(finding("T113", place, reason=str(error)))
        return None

    def number_style(self, which: str) -> NumberStyle:
        known = ("金额小数", "百分比小数", "零", "整数百分比", "千分位")
        words = self.mapping(self.mapping(self.settings, "数字"), which, "数字", known)
        if not words:
            return NumberStyle(score_places=self.scoring.places)
        return NumberStyle(
            places=self.number(words.get("金额小数"), which, "金额小数", 2, 8) or 0,
            percent_places=self.number(words.get("百分比小数"), which, "百分比小数", 2, 8) or 0,
            zero=str(words.get("零") or ""),
            whole_percent=is_yes(words.get("整数百分比")),
            grouping=is_yes(words.get("千分位")),
            score_places=self.scoring.places,
        )

    def choice(self, word: str, known: tuple[str, ...]) -> str:
        """A word of pack.yaml that is one of `known`, the first where it is left out or wrong."""
        value = self.settings.get(word)
        if value is not None and str(value) not in known:
            self.wrong("T117", value, what="pack.yaml 的", word=word, value=value, hint=f"请写“{'”或“'.join(known)}”")
        return str(value) if str(value) in known else known[0]

    def schemes(self, look: Look | None) -> dict[str, dict[int, HeadingStyle]]:
        result: dict[str, dict[int, HeadingStyle]] = {}
        every = self.mapping(self.settings, "标题样式")
        for name in every:
            result[str(name)] = {}
            for level, words in self.mapping(every, name, "标题样式").items():
                self.know(words if isinstance(words, Mapping) else {}, ("编号", "样式", "另页"), f"标题样式·{name}")
                if not isinstance(words, Mapping) or str(level) not in "123456789":
                    wrong, hint = (
                        (level, "级次请写 1 到 9") if isinstance(words, Mapping) else (words, "请写“编号”和“样式”")
                    )
                    self.wrong("T117", wrong, what="标题样式", word=name, value=wrong, hint=hint)
                    continue
                style = str(words.get("样式", ""))
                if look is not None and style not in style_names(look):
                    hint = did_you_mean(style, style_names(look))
                    self.wrong("T110", words.get("样式"), what=style, hint=hint)
                result[str(name)][int(str(level))] = HeadingStyle(
                    str(words.get("编号") or ""), style, is_yes(words.get("另页"))
                )
        return result

    def chapters(self, schemes: Mapping[str, object]) -> list[Chapter]:
        chapters: list[Chapter] = []
        listed = self.settings.get("章节") or []
        if not isinstance(listed, list):
            self.wrong("T117", listed, what="pack.yaml", word="章节", value="……", hint="应写成清单，如 [封面, 正文]")
            listed = []
        for entry in listed:
            self.know(entry if isinstance(entry, Mapping) else {}, ("文件", "标题样式"), "章节")
            name, scheme = (
                (entry.get("文件"), entry.get("标题样式", "默认")) if isinstance(entry, Mapping) else (entry, "默认")
            )
            if scheme not in schemes:
                self.wrong(
                    "T117", scheme, what="章节", word="标题样式", value=scheme, hint=did_you_mean(str(scheme), schemes)
                )
            if name not in self.sources.texts:
                self.wrong("T116", name, name=name)
                continue
            parts = self.sources.chapter(str(name))
            for file, text in parts:
                self.findings.extend(filled_in_fences(text, file))
            try:
                read = read_chapter(str(name), parts, self.environment)
                sentences = read.sentences
                template = read.compiled(self.environment)
            except SpecError as error:
                self.findings.extend(error.diagnostics)
                continue
            chapters.append(Chapter(str(name), read.lines, template, str(scheme), sentences, tuple(parts)))
        return chapters

    def tables(self) -> dict[str, TableTemplate]:
        result: dict[str, TableTemplate] = {}
        for name, (file, spec) in self.sources.tables.items():
            try:
                result[name] = compile_table(name, file, spec, self.environment)
            except SpecError as error:
                self.findings.extend(error.diagnostics)
        return result

    def order(self) -> Iterator[tuple[str, Expression | None]]:
        """表序, with its conditions compiled."""
        for entry in self.sources.order:
            try:
                source = Located(entry.condition, entry.place)
                yield entry.table, compile_expression(self.environment, source) if source else None
            except EvaluationError as error:
                self.findings.append(error.diagnostic)

    def charts(self) -> dict[str, ChartTemplate]:
        result: dict[str, ChartTemplate] = {}
        for name, spec in self.sources.data.get("charts.yaml", {}).items():
            try:
                result[str(name)] = compile_chart(name, place_of(name).file, spec, self.environment)
            except SpecError as error:
                self.findings.extend(error.diagnostics)
        return result

    def wording(self) -> Mapping[str, Any]:
        words: Mapping[str, Any] = self.sources.data.get("wording.yaml", {})
        self.findings.extend(wording_findings(words, f"{self.sources.name}/wording.yaml"))
        return words

    def glossary(self) -> Sequence[GlossaryEntry]:
        result: list[GlossaryEntry] = []
        for entry in self.sources.data.get("glossary.yaml", []):
            if isinstance(entry, Mapping) and any(word not in GLOSSARY_WORDS for word in entry):
                self.know(entry, GLOSSARY_WORDS, "glossary.yaml 的条目")
                continue
            if isinstance(entry, Mapping) and "词" in entry:
                word = str(entry["词"])
                found_as = tuple(str(w) for w in entry.get("出现") or (word,))
                result.append(Term(word, str(entry.get("解释") or ""), found_as))
            elif isinstance(entry, Mapping) and "科目" in entry:
                result.append(AccountTerms(tuple(str(t) for t in entry["科目"] or ())))
            else:
                self.wrong("T115", entry, what="glossary.yaml 的条目", word="词 或 科目")
        return tuple(result)

    def small_text(self, word: str) -> Template:
        value = self.settings.get(word) or ""
        return compile_template(str(value), self.file, self.environment, word, first_line=place_of(value).line or 1)

    def report(self, look: Look | None, abstract: bool) -> ReportTemplate | None:
        units = self.mapping(self.settings, "单位", known=("金额",))
        money_unit = str(units.get("金额", "万元"))
        if money_unit not in MONEY_UNITS:
            hint = f"只能是{'、'.join(MONEY_UNITS)}"
            self.wrong("T117", units.get("金额"), what="单位", word="金额", value=money_unit, hint=hint)
            money_unit = "万元"
        schemes = self.schemes(look)
        chapters = self.chapters(schemes)
        if not abstract:
            for word in ("标题", "种类", "题名", "文件名", "章节", "标题样式"):
                if not self.settings.get(word):
                    self.wrong("T115", None, what="pack.yaml", word=word)
        try:
            title, file_name = (self.small_text(word) for word in ("题名", "文件名"))
        except SpecError as error:
            self.findings.extend(error.diagnostics)
            return None
        return ReportTemplate(
            chapters=tuple(chapters),
            tables=self.tables(),
            order=tuple(self.order()),
            charts=self.charts(),
            schemes=schemes,
            styles=style_names(look) if look is not None else frozenset(),
            wording=self.wording(),
            glossary=self.glossary(),
            accounts=self.accounts,
            body_style=self.body_style,
            table_style=self.table_style,
            money_unit=money_unit,
            contents_levels=self.number(self.settings.get("目录级次"), "pack.yaml", "目录级次", 2) or 2,
            item_number=str(self.settings.get("编号段落", "{1}. ")),
            caption=str(self.settings.get("图题", "图{1}：{题}")),
            recompute=str(self.settings.get("复算口径", "")) == "公布数",
            level=self.choice("尾差", ("注", "调平")) == "调平",
            title=title,
            file_name=file_name,
        )


_LISTED = "code,name,confidence,source,note\n"
_EMPTY_CSV = {"functional": _LISTED, "economic": _LISTED, "renames": "code,name,from,to\n"}


def style_names(look: Look) -> frozenset[str]:
    return frozenset(style.name for style in look.styles)
