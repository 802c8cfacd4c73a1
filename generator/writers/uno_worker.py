"""Runs inside a Python that has `uno`: keeps one LibreOffice and turns .docx files into PDF, one line in, one line out.

Started by `libreoffice.py` as a script of its own, so it imports nothing of the program and stays within Python 3.7.
Input lines: {"source": path, "target": path, "options": of the export}. Output lines: {"state": "ready" | "done" |
"unreadable" | "failed", "reason": …}. The end of the input ends it and its LibreOffice.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import uno


def properties(**values: Any) -> Any:
    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def connect(office: Any, pipe: str, seconds: float) -> Any:
    """The desktop of the LibreOffice that listens on `pipe`; None when it ended or did not answer in time."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + seconds
    while time.monotonic() < end and office.poll() is None:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # NoConnectException until it listens; its class exists only once a connection does
            time.sleep(0.05)
    return None


def to_pdf(desktop: Any, source: str, target: str, options: Any) -> dict[str, str]:
    # Named filter: a damaged file must be reported, not shown as a page of its raw bytes.
    how = properties(Hidden=True, FilterName="MS Word 2007 XML", UpdateDocMode=0, MacroExecutionMode=0)
    try:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, how)
    except Exception as error:
        return {"state": "unreadable", "reason": str(error)}
    if document is None:
        return {"state": "unreadable", "reason": ""}
    try:
        # LibreOffice 7.4 neither draws nor exports some of the commas it hangs over the end of a justified line.
        styles = document.StyleFamilies.getByName("ParagraphStyles")
        for name in styles.ElementNames:
            styles.getByName(name).ParaIsHangingPunctuation = False
        export = uno.Any("[]com.sun.star.beans.PropertyValue", properties(**options))
        document.storeToURL(
            uno.systemPathToFileUrl(target), properties(FilterName="writer_pdf_Export", FilterData=export)
        )
        return {"state": "done", "reason": ""}
    except Exception as error:
        return {"state": "failed", "reason": str(error)}
    finally:
        document.close(True)


def answer(**words: str) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(soffice: str, profile: str, pipe: str) -> None:
    options = [
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
    ]
    user = "-env:UserInstallation=" + uno.systemPathToFileUrl(profile)
    office = subprocess.Popen(
        [soffice, user, *options, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        desktop = connect(office, pipe, 60)
        if desktop is None:
            answer(state="failed", reason="LibreOffice did not start")
            return
        answer(state="ready", reason="")
        for line in sys.stdin:
            job = json.loads(line)
            answer(**to_pdf(desktop, job["source"], job["target"], job["options"]))
        with suppress(Exception):  # the connection breaks while it ends: that is what was asked for
            desktop.terminate()
        office.wait(10)
    finally:
        if office.poll() is None:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:4])
