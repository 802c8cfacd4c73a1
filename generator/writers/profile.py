"""A profile of our own for each LibreOffice: it may show a file from outside, and do nothing else with it.

No macros, no links fetched, nothing updated; and whatever would go out to a network all the same is sent to a port of
this machine where nobody listens.
"""

from __future__ import annotations

from pathlib import Path

from generator.saving import save_new
from generator.word.xml import attribute, escaped

_NOWHERE = ("127.0.0.1", "9")
"""Discard, a port below 1024: no program of a person can listen there."""
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never (1 asks, 2 always)
    ("Office.Calc/Content/Update", "Link", "1"),  # never (0 always, 2 asks)
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand, as follows
    *(
        ("Inet/Settings", f"ooInet{kind}Proxy{what}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for what, value in zip(("Name", "Port"), _NOWHERE, strict=True)
    ),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def make_profile(folder: Path) -> None:
    """Write the settings where LibreOffice looks for a person's own. A setting that a version lacks is passed over."""
    items = "".join(
        f'<item oor:path="{attribute(f"/org.openoffice.{path}")}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escaped(value)}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    registry = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {spaces}>{items}</oor:items>\n'
    save_new(folder / "user" / "registrymodifications.xcu", registry.encode())
