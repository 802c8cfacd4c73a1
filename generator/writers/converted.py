"""One office file turned into another kind by LibreOffice's own command, in a folder and a profile of its own."""

from __future__ import annotations

from pathlib import Path

from generator import programs, workspace
from generator.writers.libreoffice import LIMITS, keeping_to
from generator.writers.profile import make_profile


def converted(soffice: Path, data: bytes, suffix: str, wanted: str, *, timeout: float) -> bytes | None:
    """`data`, a file that ends in `suffix`, as `wanted` («xlsx»); None when nothing came of it in time."""
    try:
        with programs.temporary_folder() as folder:
            source, target = folder / f"source{suffix}", folder / "out" / f"source.{wanted}"
            workspace.save(source, data)
            make_profile(folder / "profile")
            profile = (folder / "profile").as_uri()
            command: list[str | Path] = [
                soffice,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--norestore",
                "--nolockcheck",
            ]
            convert = [*command, "--convert-to", wanted, "--outdir", target.parent, source]
            programs.run(convert, timeout, keeping_to(folder), LIMITS)
            return workspace.read_bytes(target)
    except workspace.WorkspaceError:
        return None
