"""Chapters, tables and charts → one document: heading numbers, captions, sections, contents, glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import Template, pass_context

from generator.diagnostics import Outcome, finding
from generator.document.nodes import (
    Block,
    Contents,
    Document,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Run,
    SectionStart,
    Table,
)
from generator.document.numbering import Counters, formatted
from generator.expressions.code import NO_ROWS
from generator.expressions.effort import EFFORT, STEP, TooMuchError, spend
from generator.expressions.environment import (
    Environment,
    EvaluationError,
    Expression,
    evaluation_names,
    failure,
    template_line,
)
from generator.facts.accounts import Accounts
from generator.facts.fact import Facts
from generator.facts.relation import Printing
from generator.names import did_you_mean
from generator.number_style import NumberStyle
from generator.phrasing.filters import TEXT_FILTERS
from generator.phrasing.gaps import Gaps, no_rows, not_made
from generator.phrasing.phrases import SESSION, WORDING, session_of
from generator.phrasing.printed_mentions import with_figures
from generator.phrasing.session import TOKEN, Session
from generator.place import NOWHERE, Place
from generator.quantity import UnitError
from generator.render.charts import ChartTemplate, words
from generator.render.glossary import GlossaryEntry, glossary_paragraphs, inline_words
from generator.render.markup import RawBlock, RawFence, RawHeading, RawParagraph, RawUnknown, raw_blocks
from generator.render.sentences import ChapterLines
from generator.render.tables import TableTemplate
from generator.scoring.rules import Scoring
from generator.tails.tails import Drawn, Tails

COVER = "封面"
FENCES = ("分节", "样式", "目录", "分页", "名词解释", "尾差注", "图", "表", "各表")


def make_environment(accounts: Accounts, scoring: Scoring | None = None) -> Environment:
    """The environment of one pack's templates: everything printed goes through the session."""

    @pass_context
    def finalize(context: Any, value: object) -> str:
        spend(context, len(value) if isinstance(value, str) else STEP)
        return session_of(context).printed(value)

    environment = Environment(accounts, finalize, scoring)
    environment.filters.update(TEXT_FILTERS)
    environment.gaps = Gaps()
    environment.globals[NO_ROWS] = pass_context(no_rows)
    return environment


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """How one level prints: number format, paragraph style, whether it begins a page."""

    number: str
    style: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """`sentences`: those that have names, and where the text of each stands; `source`: file and text of each part."""

    name: str
    lines: ChapterLines
    template: Template
    scheme: str
    sentences: Mapping[str, Place]
    source: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        return self.lines.files[0][0]


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """All that rendering needs of a pack."""

    chapters: tuple[Chapter, ...]
    tables: Mapping[str, TableTemplate]
    charts: Mapping[str, ChartTemplate]
    schemes: Mapping[str, Mapping[int, HeadingStyle]]
    styles: frozenset[str]
    wording: Mapping[str, Any]
    glossary: Sequence[GlossaryEntry]
    accounts: Accounts
    body_style: NumberStyle
    table_style: NumberStyle
    money_unit: str
    contents_levels: int
    item_number: str
    caption: str
    recompute: bool
    """复算口径: 公布数 — percentages are worked out from the printed figures, not from 元."""
    level: bool
    """尾差: 调平 — printed amounts are moved by a last digit so that they add up."""
    title: Template
    file_name: Template
    blanks: Mapping[str, Template] = field(default_factory=dict)
    """What the look's cover, headers and footers ask for."""
    order: tuple[tuple[str, Expression | None], ...] = ()
    """表序: the tables of «```各表», each with the condition under which it is there."""
    own_cover: bool = False
    """The look brings a cover of its own, which stands in place of the chapter `COVER`."""

    @property
    def printing(self) -> Printing:
        """How the running text prints its figures."""
        return Printing(self.body_style, self.money_unit, self.recompute)


@dataclass(slots=True)
class _Assembly:
    report: ReportTemplate
    names: dict[str, object]
    session: Session
    blocks: list[Block] = field(default_factory=list)
    counters: Counters = field(default_factory=Counters)
    figures: int = 0
    anchors: int = 0
    drawn: list[Drawn] = field(default_factory=list)
    later: list[tuple[int, str]] = field(default_factory=list)
    """Where a 名词解释 or 尾差注 stands: filled in when all chapters are known."""

    def chapter(self, chapter: Chapter) -> None:
        """Render one chapter and add its blocks. A failing template is one finding; what it printed before stays."""
        template, pieces, whole = chapter.template, list[str](), True
        try:
            for piece in template.root_render_func(template.new_context(self.names)):
                pieces.append(piece)
        except Exception as error:  # whatever a pack's template raises becomes a finding with its line
            place = chapter.lines.place(template_line(error, chapter.file))
            self.session.report(failure(error, place, f"正文“{chapter.name}”"))
            self.session.undecided.clear()
            whole = False
        try:
            for block in raw_blocks("".join(pieces), self.session):
                self.add(block, chapter)
        except (UnitError, TooMuchError) as error:  # a table or a list where words are printed; too many words
            self.session.report(failure(error, Place(chapter.file), f"正文“{chapter.name}”"))
            whole = False
        if not whole:
            self.blocks.append(not_made(f"“{chapter.name}”从这里起"))

    def add(self, block: RawBlock, chapter: Chapter) -> None:
        if isinstance(block, RawHeading):
            self.heading(block, chapter)
        elif isinstance(block, RawParagraph):
            content = block.content
            if block.number:
                content = (Run(formatted(self.report.item_number, block.number)), *content)
            self.blocks.append(Paragraph(content))
        elif isinstance(block, RawFence):
            self.fence(block, chapter)
        elif isinstance(block, RawUnknown):
            self.session.report(finding("T107", Place(chapter.file), mark=block.mark, chapter=chapter.name))

    def heading(self, block: RawHeading, chapter: Chapter) -> None:
        scheme = self.report.schemes.get(block.scheme or chapter.scheme)
        if scheme is None or block.level not in scheme:
            self.session.report(
                finding("T108", Place(chapter.file), scheme=block.scheme or chapter.scheme, level=block.level)
            )
            return
        style = scheme[block.level]
        self.anchors += 1
        number = self.counters.next(block.level, style.number)
        # A 名词解释 that is still to be filled in counts as text between the two headings.
        filled_later = bool(self.later) and self.later[-1][0] == len(self.blocks)
        last = self.blocks[-1] if self.blocks and not filled_later else None
        at_top = isinstance(last, SectionStart | PageBreak) or (
            isinstance(last, Heading) and last.level < block.level  # the heading that this one belongs to
        )
        self.blocks.append(
            Heading(
                level=block.level,
                number=number,
                content=block.content,
                style=style.style,
                anchor=f"_Toc9{self.anchors:07d}",
                in_contents=block.level <= self.report.contents_levels,
                page_break_before=style.new_page and bool(self.blocks) and not at_top,
            )
        )

    def fence(self, block: RawFence, chapter: Chapter) -> None:
        kind, argument = block.kind, block.argument
        if TOKEN.search(f"{kind}{argument}"):
            return  # «```表 {{ 名 }}»: said with its line when the pack was read (T123)
        if kind == "分节":
            parts = argument.split()
            self.blocks.append(SectionStart("横向" in parts, "无页码" not in parts))
        elif kind == "分页":
            self.blocks.append(PageBreak())
        elif kind == "目录":
            self.blocks.append(Contents(argument or "目录"))
        elif kind in ("名词解释", "尾差注"):
            self.later.append((len(self.blocks), kind))
        elif kind == "样式":
            self.styled(block, chapter)
        elif kind in ("图", "表"):
            self.figure_or_table(block, chapter)
        elif kind == "各表":
            self.all_tables(argument, chapter)
        else:
            hint = did_you_mean(kind, FENCES)
            self.session.report(finding("T109", Place(chapter.file), what=kind, hint=hint))

    def styled(self, block: RawFence, chapter: Chapter) -> None:
        if block.argument not in self.report.styles:
            hint = did_you_mean(block.argument, self.report.styles)
            self.session.report(finding("T110", Place(chapter.file), what=block.argument, hint=hint))
            return
        for line in block.lines:
            if line.strip():
                self.blocks.append(Paragraph(self.session.inlines(line.strip()), block.argument))

    def figure_or_table(self, block: RawFence, chapter: Chapter) -> None:
        known: Mapping[str, object] = self.report.charts if block.kind == "图" else self.report.tables
        if block.argument not in known:
            hint = did_you_mean(block.argument, known)
            self.session.report(finding("T111", Place(chapter.file), kind=block.kind, what=block.argument, hint=hint))
            return
        names = {**self.names, **self._given(block)}
        if block.kind == "图":
            self.figures += 1
            caption = formatted(self.report.caption, self.figures)
            chart = self.report.charts[block.argument].render(names, self.session, self.report.body_style, caption)
            self.blocks.append(chart or not_made(f"图“{block.argument}”"))
            return
        self.place(block.argument, self.draw(block.argument, names))

    def all_tables(self, scheme: str, chapter: Chapter) -> None:
        """«```各表»: every table of the 表序 that is there, under its title, on paper turned as it asks."""
        for name, condition in self.report.order:
            try:
                if condition is not None and not condition.value(self.names):  # what a blank decides is drawn
                    continue
            except EvaluationError as error:
                self.session.report(error.diagnostic)
                continue
            made = self.draw(name, self.names)
            section = next((one for one in reversed(self.blocks) if isinstance(one, SectionStart)), None)
            if section is None or section.landscape != self.report.tables[name].landscape:
                self.blocks.append(SectionStart(self.report.tables[name].landscape))
            title = made[0].title if made else (Run(name),)
            self.heading(RawHeading(2, title, scheme, 0), chapter)
            self.place(name, made)

    def draw(self, name: str, names: Mapping[str, object]) -> list[Table]:
        table = self.report.tables[name]
        return table.render(names, self.session, self.number_style(table))

    def number_style(self, table: TableTemplate) -> NumberStyle:
        return self.report.table_style if table.number_style == "附表" else self.report.body_style

    def place(self, name: str, made: list[Table]) -> None:
        """Add a table that was drawn, in its parts, without the title that its heading says already."""
        table = self.report.tables[name]
        if made:
            unit = table.unit or self.report.money_unit
            self.drawn.append(Drawn(len(self.blocks), len(made), unit, self.number_style(table)))
        else:
            self.blocks.append(not_made(f"表“{name}”"))
        for piece in made:
            named_above = self._last_heading_words() == inline_words(piece.title)
            self.blocks.append(replace(piece, title=()) if named_above else piece)

    def _last_heading_words(self) -> str:
        last = self.blocks[-1] if self.blocks else None
        return inline_words(last.content) if isinstance(last, Heading) else ""

    def _given(self, block: RawFence) -> dict[str, object]:
        """«名称: {{ 值 }}» lines: the things behind the tokens."""
        given: dict[str, object] = {}
        for line in block.lines:
            name, separator, value = line.partition(":") if ":" in line else line.partition("：")
            if separator:
                pieces = list(self.session.things(value.strip()))
                given[name.strip()] = pieces[0] if len(pieces) == 1 else value.strip()
        return given

    def fill_later(self, facts: Facts) -> None:
        tails = Tails(
            self.report.body_style,
            self.report.table_style,
            self.report.money_unit,
            str(self.report.wording.get("尾差注", "")),
            self.drawn,
            self.blocks,
        )
        if self.report.level:
            self.session.diagnostics.extend(tails.level())
        tails.note_tables()
        for position, kind in reversed(self.later):
            made = tails.note_on_text() if kind == "尾差注" else self.glossary(facts)
            self.blocks[position:position] = made

    def glossary(self, facts: Facts) -> list[Block]:
        texts = glossary_paragraphs(self.report.glossary, self.blocks, facts, self.report.accounts, self.session)
        return [
            Paragraph((Run(formatted(self.report.item_number, n)), *self.session.inlines(text)))
            for n, text in enumerate(texts, 1)
        ]


def assemble(report: ReportTemplate, facts: Facts, meta: Meta) -> Outcome[Document]:
    """Facts + templates → document, with every blank or mistaken name reported."""
    session = Session(report.printing)
    facts = with_figures(facts, session)
    names = evaluation_names(facts)
    names[SESSION] = session
    names[WORDING] = report.wording
    names[EFFORT] = session.effort
    assembly = _Assembly(report, names, session)
    for chapter in report.chapters:
        if report.own_cover and chapter.name == COVER:
            continue
        if not session.effort.used_up:
            assembly.chapter(chapter)
    try:
        assembly.fill_later(facts)
    except TooMuchError as error:
        session.report(failure(error, NOWHERE, "名词解释、尾差注"))
    title = file_name = meta.title
    try:
        title = session.plain(words(report.title, names))
        file_name = session.plain(words(report.file_name, names))
    except Exception as error:  # as above
        file = str(report.title.filename)
        session.report(failure(error, Place(file, template_line(error, file)), "题名、文件名"))
    meta = replace(meta, title=title, file_name=file_name)
    filled = {blank: _filled(template, names, session) for blank, template in report.blanks.items()}
    return Outcome(Document(meta, tuple(assembly.blocks), filled), tuple(session.diagnostics))


def _filled(template: Template, names: Mapping[str, object], session: Session) -> str:
    """One blank of a cover, header or footer."""
    try:
        return session.plain(words(template, names))
    except Exception as error:  # as above
        file = str(template.filename)
        session.report(failure(error, Place(file), "{{ }}"))
        return ""
