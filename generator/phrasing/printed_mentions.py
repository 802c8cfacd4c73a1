"""An office's texts with their «{{ … }}» become figures, marked and explained like the template's own."""

from __future__ import annotations

from collections.abc import Callable

from generator.expressions.environment import EvaluationError, evaluation_names
from generator.expressions.mentions import LIVE, Mention
from generator.facts.fact import Entry, Facts, Group, Rows, Text, walk
from generator.phrasing.filters import PRINTED_AS
from generator.phrasing.session import Session
from generator.quantity import Blank, NotApplicable, Quantity, UnitError


def with_figures(facts: Facts, session: Session) -> Facts:
    """The same facts; texts hold tokens of `session` where they named figures. Mistakes are reported (I061–I066)."""
    if not any(isinstance(fact, Text) and "{{" in fact for fact in walk(facts)):
        return facts
    names = evaluation_names(facts)

    def live(text: Text, is_key: bool) -> Text:
        found = LIVE.search(text)
        if found and is_key:
            session.report(Mention(found[1], text).wrong("I065").diagnostic)
            return text
        return Text(_tokens(text, names, session), text.name, text.place, text.label)

    return _with_texts(facts, live)


def as_printed(facts: Facts, session: Session) -> Facts:
    """The same facts; texts read as they will be printed, numbers in place. For the checks of free texts."""
    live = with_figures(facts, session)
    if live is facts:
        return facts
    return _with_texts(live, lambda text, _: Text(session.plain(text), text.name, text.place, text.label))


def _tokens(text: Text, names: dict[str, object], session: Session) -> str:
    pieces, position = [], 0
    for match in LIVE.finditer(text):
        between = text[position : match.start()]
        # Blank lines between two tokens would be taken for the template's own; these are the office's.
        pieces.append(session.token(between) if "\n" in between and between.isspace() else between)
        pieces.append(_figure(Mention(match[1], text), names, session))
        position = match.end()
    return "".join((*pieces, text[position:]))


def _figure(mention: Mention, names: dict[str, object], session: Session) -> str:
    try:
        fact, chosen = mention.resolved(names)
        if not chosen or isinstance(fact, Blank | NotApplicable):
            return session.printed(fact)
        if not isinstance(fact, Quantity):
            raise mention.wrong("I066", reason=f"“{fact.label or fact.name}”是日期，直接写名称")
        return PRINTED_AS[chosen](session, fact)
    except UnitError as error:
        session.report(mention.wrong("I066", reason=str(error)).diagnostic)
    except EvaluationError as error:
        session.report(error.diagnostic)
    return session.token(f"〔{mention.shown}〕")


def _with_texts(group: Group, change: Callable[[Text, bool], Text], key: str = "") -> Group:
    """A copy of the tree with other words. A row's key keeps it findable, so `change` is told which text is one."""

    def changed(name: str, entry: Entry) -> Entry:
        if isinstance(entry, Group):
            return _with_texts(entry, change)
        if isinstance(entry, Rows):
            return entry.with_rows(_with_texts(row, change, entry.key) for row in entry)
        return change(entry, name == key) if type(entry) is Text and _is_live(entry) else entry

    entries = {name: changed(name, entry) for name, entry in group.entries.items()}
    made = Group(group.name, entries, group.place, group.label)
    made.roles = group.roles
    return made


def _is_live(text: Text) -> bool:
    return "{{" in text or "\ufdd0" in text
