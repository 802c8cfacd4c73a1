"""Runs inside a Python that has `uno`: one LibreOffice that opens a Word file, does what a person does, and saves it.

Started by `office.py` as a script of its own. Input lines: {"source": path, "target": path, "steps": [[name, …], …]}.
Output lines: {"state": "ready" | "done" | "failed", "reason": …}. The end of the input ends it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "generator" / "writers"))
from uno_worker import connect, properties

WORD = "MS Word 2007 XML"
FILTERS = {"docx": WORD, "pdf": "writer_pdf_Export", "doc": "MS Word 97", "odt": "writer8"}


class Editing:
    """One opened document; every public method is a step."""

    def __init__(self, document: Any, dispatcher: Any) -> None:
        self._document, self._dispatcher = document, dispatcher

    # -- tracked changes ----------------------------------------------------------------------------------------------
    def accept_all(self) -> None:
        self._command(".uno:AcceptAllTrackedChanges")

    def reject_all(self) -> None:
        self._command(".uno:RejectAllTrackedChanges")

    def record(self, on: bool) -> None:
        self._document.RecordChanges = on

    def _command(self, name: str) -> None:
        self._dispatcher.executeDispatch(self._document.CurrentController.Frame, name, "", 0, ())

    # -- words --------------------------------------------------------------------------------------------------------
    def _found(self, text: str, number: int = 0) -> Any:
        search = self._document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = text, True
        found = self._document.findAll(search)
        if found.Count <= number:
            raise LookupError(f"“{text}” stands {found.Count} times")
        return found.getByIndex(number)

    def replace(self, old: str, new: str) -> None:
        """The first place."""
        self._found(old).setString(new)

    def replace_everywhere(self, old: str, new: str) -> None:
        search = self._document.createReplaceDescriptor()
        search.SearchString, search.ReplaceString, search.SearchCaseSensitive = old, new, True
        if not self._document.replaceAll(search):
            raise LookupError(old)

    def paragraph_before(self, text: str, new: str) -> None:
        place = self._found(text)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.gotoStartOfParagraph(False)
        cursor.Text.insertString(cursor, new, False)
        cursor.Text.insertControlCharacter(cursor, uno.getConstantByName(BREAK), False)

    def paragraph_after(self, text: str, new: str) -> None:
        place = self._found(text)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, uno.getConstantByName(BREAK), False)
        cursor.Text.insertString(cursor, new, False)

    def delete_paragraph(self, text: str) -> None:
        place = self._found(text)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.gotoStartOfParagraph(False)
        # Backwards: forwards a table that follows would go with it.
        if not cursor.goLeft(1, False):
            raise LookupError(f"“{text}” stands in the first paragraph, or behind a table")
        cursor.gotoNextParagraph(True)
        cursor.gotoEndOfParagraph(True)
        cursor.setString("")

    def split(self, text: str) -> None:
        """Press Enter behind `text`."""
        place = self._found(text)
        place.Text.insertControlCharacter(place.End, uno.getConstantByName(BREAK), False)

    def bold(self, text: str) -> None:
        found = self._found(text)
        found.CharWeight = found.CharWeightAsian = 150.0

    def highlight(self, text: str, color: int = 0xFFFF00) -> None:
        self._found(text).CharBackColor = color

    # -- tables -------------------------------------------------------------------------------------------------------
    def _table(self, text: str) -> Any:
        table = self._found(text).TextTable
        if table is None:
            raise LookupError(f"“{text}” stands in no table")
        return table

    def append_row(self, text: str, *cells: str) -> None:
        """A row at the end of the table in which `text` stands."""
        table = self._table(text)
        at = table.Rows.Count
        table.Rows.insertByIndex(at, 1)
        for column, words in enumerate(cells):
            table.getCellByName(f"{chr(65 + column)}{at + 1}").setString(words)

    def delete_row(self, text: str) -> None:
        place = self._found(text)
        number = int("".join(filter(str.isdigit, place.Cell.CellName)))
        place.TextTable.Rows.removeByIndex(number - 1, 1)


BREAK = "com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK"


def dispatcher(pipe: str) -> Any:
    """What carries out the commands of LibreOffice's menus."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)


def work(desktop: Any, commands: Any, source: str, target: str, steps: list[list[Any]]) -> dict[str, str]:
    document = None
    try:
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(source), "_blank", 0, properties(Hidden=True, FilterName=WORD)
        )
        if document is None:
            return {"state": "failed", "reason": "LibreOffice does not open it"}
        editing = Editing(document, commands)
        for name, *words in steps:
            getattr(editing, name)(*words)
        document.storeToURL(uno.systemPathToFileUrl(target), properties(FilterName=FILTERS[target.rpartition(".")[2]]))
        return {"state": "done", "reason": ""}
    except Exception:
        return {"state": "failed", "reason": traceback.format_exc()}
    finally:
        if document is not None:
            document.close(True)


def main(soffice: str, profile: str, pipe: str) -> None:
    options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    user = "-env:UserInstallation=" + uno.systemPathToFileUrl(profile)
    office = subprocess.Popen(
        [soffice, user, *options, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        desktop = connect(office, pipe, 60)
        print(json.dumps({"state": "ready" if desktop else "failed", "reason": ""}), flush=True)
        if desktop is None:
            return
        commands = dispatcher(pipe)
        for line in sys.stdin:
            job = json.loads(line)
            print(json.dumps(work(desktop, commands, job["source"], job["target"], job["steps"])), flush=True)
        with suppress(Exception):
            desktop.terminate()
        office.wait(10)
    finally:
        if office.poll() is None:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:4])
