"""Files and folders appear whole or not at all, nobody's work is overwritten, and no report by another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import saving
from generator.case import read_input
from generator.diagnostics import Outcome
from generator.saving import Made, SavedAs, clear_leavings, save_finding, save_new, save_new_folder, unfinished
from generator.workspace import WorkspaceError

REPORT = "2020-某局-部门决算编制说明.docx"
OURS = Made("build", "final-accounts", "某局", "2020", (Path("某局-2020"),))


def save_output(folder: Path, name: str, data: bytes, made: Made = OURS) -> Outcome[SavedAs | None]:
    return saving.save_output(folder, name, data, made)


def codes(outcome: Outcome[SavedAs | None]) -> list[str]:
    return [d.code for d in outcome.diagnostics]


def said(outcome: Outcome[Any]) -> str:
    (found,) = outcome.diagnostics
    return f"{found.code} {found.message}。{found.hint}"


def saved(outcome: Outcome[SavedAs | None]) -> str:
    assert outcome.value is not None
    return outcome.value.path.name


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- files ------------------------------------------------------------------------------------------------------------
def test_an_output_that_breaks_off_leaves_the_old_file_whole(tmp_path: Path) -> None:
    save_output(tmp_path, REPORT, b"old")
    before = state(tmp_path)
    resource = pytest.importorskip("resource", reason="file size limits exist on Unix only")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        outcome = save_output(tmp_path, REPORT, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert said(outcome) == (
        f"O015 “{tmp_path / REPORT}”没有保存：文件超过了允许的大小。请换一个文件夹；原有的文件没有改动"
    )
    assert state(tmp_path) == before


def test_full_disk_is_named(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full on this system")
    error = None
    try:
        with open(full, "wb", buffering=0) as stream:
            stream.write(b"x")
    except OSError as problem:
        error = problem
    assert error is not None
    assert save_finding(tmp_path / REPORT, error).message == f"磁盘已满，“{tmp_path / REPORT}”没有保存"


def test_a_read_only_file_of_ours_is_left_alone(tmp_path: Path) -> None:
    save_output(tmp_path, REPORT, b"old")
    (tmp_path / REPORT).chmod(0o444)
    assert codes(save_output(tmp_path, REPORT, b"new")) == ["O010"]
    assert (tmp_path / REPORT).read_bytes() == b"old"


def test_saved_files_are_as_readable_as_others_and_keep_what_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / REPORT
    save_output(tmp_path, REPORT, b"new")
    (tmp_path / "b.docx").write_bytes(b"plain")
    assert path.stat().st_mode == (tmp_path / "b.docx").stat().st_mode
    path.chmod(0o640)
    save_output(tmp_path, REPORT, b"newer")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_comes_with_its_folders(tmp_path: Path) -> None:
    save_new(tmp_path / "填报" / "2021" / "收支.yaml", b"1")
    assert state(tmp_path) == {"填报/2021/收支.yaml": b"1"}
    save_new(tmp_path / "填报" / "2021" / "收支.yaml", b"1")
    with pytest.raises(WorkspaceError) as caught:
        save_new(tmp_path / "填报" / "2021" / "收支.yaml", b"2")
    assert caught.value.diagnostic.code == "X062"
    assert state(tmp_path) == {"填报/2021/收支.yaml": b"1"}


# -- folders ----------------------------------------------------------------------------------------------------------
FILES = {"收支.yaml": b"1", "绩效.yaml": b"2"}


def test_a_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    save_new_folder(tmp_path / "填报" / "甲局" / "2021", FILES)
    assert state(tmp_path) == {"填报/甲局/2021/收支.yaml": b"1", "填报/甲局/2021/绩效.yaml": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["填报"]


def test_an_empty_folder_is_filled_even_one_that_a_shell_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲").mkdir()
    save_new_folder(tmp_path / "甲", FILES)
    (tmp_path / "乙").mkdir()
    monkeypatch.chdir(tmp_path / "乙")
    here = os.stat(".").st_ino
    save_new_folder(Path(), FILES)
    assert (os.stat(".").st_ino, state(Path())) == (here, FILES)
    assert sorted(state(tmp_path)) == ["乙/收支.yaml", "乙/绩效.yaml", "甲/收支.yaml", "甲/绩效.yaml"]
    assert sorted(os.listdir()) == sorted(FILES)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "收支.yaml").write_bytes(b"old")
    for taken in (tmp_path, tmp_path / "收支.yaml"):
        with pytest.raises(WorkspaceError) as caught:
            save_new_folder(taken, FILES)
        assert caught.value.diagnostic.code == "X062"
    assert state(tmp_path) == {"收支.yaml": b"old"}


def test_a_folder_whose_second_file_cannot_be_written_does_not_appear(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        save_new_folder(tmp_path / "填报" / "2021", {"收支.yaml": b"1", "长" * 200 + ".yaml": b"2"})
    assert list(tmp_path.iterdir()) == []


# -- outputs ----------------------------------------------------------------------------------------------------------
def test_output_replaces_what_the_program_made_itself(tmp_path: Path) -> None:
    folder = tmp_path / "outputs" / "2020"
    for data in (b"first", b"second"):
        outcome = save_output(folder, REPORT, data)
        assert outcome.value is not None
        assert not outcome.value.renamed
        assert outcome.value.path == folder / REPORT
        assert outcome.diagnostics == ()
    assert (folder / REPORT).read_bytes() == b"second"
    assert sorted(p.name for p in folder.iterdir()) == [".juesuan", REPORT]


def test_output_never_replaces_what_a_person_changed(tmp_path: Path) -> None:
    save_output(tmp_path, REPORT, b"first")
    (tmp_path / REPORT).write_bytes(b"edited in Word")
    second = save_output(tmp_path, REPORT, b"second")
    assert second.value is not None and second.value.renamed
    assert saved(second) == "2020-某局-部门决算编制说明（2）.docx"
    assert codes(second) == ["O020"]
    assert "另存为“2020-某局-部门决算编制说明（2）.docx”" in second.diagnostics[0].message
    third = save_output(tmp_path, REPORT, b"third")
    assert saved(third) == "2020-某局-部门决算编制说明（2）.docx"
    assert (tmp_path / REPORT).read_bytes() == b"edited in Word"
    assert (tmp_path / saved(third)).read_bytes() == b"third"


def test_a_file_without_record_belongs_to_a_person(tmp_path: Path) -> None:
    (tmp_path / REPORT).write_bytes(b"from last year's colleague")
    outcome = save_output(tmp_path, REPORT, b"new")
    assert codes(outcome) == ["O020"]
    assert (tmp_path / REPORT).read_bytes() == b"from last year's colleague"


@pytest.mark.parametrize("mark", [f".~lock.{REPORT}#", f".~{REPORT}", f"~${REPORT[2:]}"])
def test_output_open_in_an_office_program_is_left_alone(tmp_path: Path, mark: str) -> None:
    save_output(tmp_path, REPORT, b"first")
    (tmp_path / mark).write_bytes(b"somebody")
    outcome = save_output(tmp_path, REPORT, b"second")
    assert codes(outcome) == ["O020"]
    assert (tmp_path / REPORT).read_bytes() == b"first"
    (tmp_path / mark).unlink()
    assert save_output(tmp_path, REPORT, b"third").diagnostics == ()


def test_output_folder_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_bytes(b"")
    outcome = save_output(tmp_path / "outputs", REPORT, b"new")
    assert outcome.value is None
    assert codes(outcome) == ["O015"]


PROJECT = Made("build", "project-performance", "某局", "2020", (Path("某局-2020"),))


@pytest.mark.parametrize(
    "other",
    [
        PROJECT,
        replace(OURS, year="2021"),
        replace(OURS, unit="某局二"),
        replace(OURS, inputs=(Path("某局-试算"),)),
        replace(OURS, by="refresh"),
    ],
    ids=["pack", "year", "unit", "input", "command"],
)
def test_another_report_of_the_same_name_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Made
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("outputs")
    save_output(folder, REPORT, b"ours")
    second = save_output(folder, REPORT, b"theirs", other)
    assert said(second) == (
        f"O021 “{REPORT}”是另一份报告（某局2020年度，模板包 final-accounts，做自 ../某局-2020），没有覆盖；"
        "本次结果另存为“2020-某局-部门决算编制说明（2）.docx”。"
        "要用别的名字或放在别处，请用 -o 写明；那一份不再需要时，删去它后重新生成"
    )
    save_output(folder, REPORT, b"theirs, corrected", other)
    save_output(folder, REPORT, b"ours, corrected")
    assert (folder / REPORT).read_bytes() == b"ours, corrected"
    assert (folder / saved(second)).read_bytes() == b"theirs, corrected"
    assert sorted(path.name for path in folder.glob("*.docx")) == sorted([saved(second), REPORT])


def test_a_record_names_the_report_and_no_folder_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_output(Path("outputs"), REPORT, b"ours", Made("build", "包", "某局", "2020", (tmp_path / "填报" / "某局",)))
    text = (tmp_path / "outputs" / saving.RECORDS / f"{REPORT}.json").read_text("utf-8")
    assert json.loads(text)["of"] == {
        "by": "build", "pack": "包", "unit": "某局", "year": "2020", "inputs": ["../填报/某局"],
    }  # fmt: skip
    assert str(tmp_path) not in text


def test_a_record_of_an_earlier_version_of_the_program_is_understood(tmp_path: Path) -> None:
    save_output(tmp_path, REPORT, b"first")
    record = tmp_path / saving.RECORDS / f"{REPORT}.json"
    record.write_text(json.dumps({"sha256": json.loads(record.read_bytes())["sha256"]}), "utf-8")
    assert save_output(tmp_path, REPORT, b"second", PROJECT).diagnostics == ()
    for foreign in ("[]", "{", '{"sha256": 1}', '{"sha256": "x", "before": 2}'):
        record.write_text(foreign, "utf-8")
        (tmp_path / "2020-某局-部门决算编制说明（2）.docx").unlink(missing_ok=True)
        assert codes(save_output(tmp_path, REPORT, foreign.encode())) == ["O020"]


@pytest.mark.parametrize("stands", [b"old", None])
def test_without_a_record_nothing_is_saved(tmp_path: Path, stands: bytes | None) -> None:
    if stands is not None:
        save_output(tmp_path, REPORT, stands)
        os.rename(tmp_path / saving.RECORDS, tmp_path / "weg")
    (tmp_path / saving.RECORDS).write_bytes(b"")
    outcome = save_output(tmp_path, "另一个.docx", b"new")
    assert said(outcome) == (
        f"O016 “{tmp_path / '另一个.docx'}”没有保存，因为写不了生成记录“{tmp_path / '.juesuan'}”："
        "那里已经有同名的文件或文件夹。请把它改名或移走，或者换一个文件夹；原有的文件没有改动"
    )
    assert not (tmp_path / "另一个.docx").exists()
    (tmp_path / saving.RECORDS).unlink()
    assert codes(save_output(tmp_path, "另一个.docx", b"new")) == []


def test_a_long_name_asked_for_gets_its_mark(tmp_path: Path) -> None:
    name = "长" * 83 + ".docx"
    (tmp_path / name).write_bytes(b"a person's")
    outcome = save_output(tmp_path, name, b"ours")
    assert saved(outcome) == "长" * 81 + "（2）.docx"
    assert saved(save_output(tmp_path, name, b"ours again")) == saved(outcome)


def test_signs_that_nobody_sees_reach_no_name(tmp_path: Path) -> None:
    assert saved(save_output(tmp_path, "报告\u202excod.docx", b"1")) == "报告xcod.docx"
    assert saved(save_output(tmp_path, "aux.docx", b"1")) == "_aux.docx"
    assert save_new(tmp_path / "甲\u200b" / "COM1.yaml", b"1") == tmp_path / "甲" / "_COM1.yaml"
    assert save_new_folder(tmp_path / "nul", FILES) == tmp_path / "_nul"


# -- what a killed run leaves -----------------------------------------------------------------------------------------
HOLDER = """
import sys, pathlib
from generator import saving
from generator.case import read_input
with saving._hidden(pathlib.Path(sys.argv[1])) as place:
    (place / "output").write_bytes(b"half")
    print(place.name, flush=True)
    sys.stdin.read()
"""


def test_a_hidden_folder_stays_while_its_maker_lives(tmp_path: Path) -> None:
    maker = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert maker.stdout is not None
    name = maker.stdout.readline().strip()
    save_output(tmp_path, REPORT, b"another's")
    assert (tmp_path / name / "output").read_bytes() == b"half"
    maker.kill()
    maker.communicate()
    assert (tmp_path / name / "output").read_bytes() == b"half"
    save_output(tmp_path, REPORT, b"another's")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".juesuan", REPORT]


def test_what_is_no_leaving_of_ours_is_not_cleared(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "数据.yaml").write_bytes(b"")
    (tmp_path / ".juesuan-0123.tmp").symlink_to(tmp_path / "甲")
    (tmp_path / ".juesuan-4567").mkdir()
    before = state(tmp_path)
    clear_leavings(tmp_path)
    assert state(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".juesuan-0123.tmp", ".juesuan-4567", "甲"]


def test_files_on_their_way_are_told_and_come_to_their_place(tmp_path: Path) -> None:
    """As a kill leaves an empty folder that had to stay: one of two files moved."""
    leaving = tmp_path / ".juesuan-0123.tmp" / "files"
    leaving.mkdir(parents=True)
    (leaving / "绩效.yaml").write_bytes(FILES["绩效.yaml"])
    (tmp_path / "收支.yaml").write_bytes(FILES["收支.yaml"])
    assert unfinished(tmp_path)
    assert said(read_input(tmp_path)) == (
        f"O017 文件夹“{tmp_path}”里的文件还没有写完：写它的命令正在运行，或者中途被结束了。"
        "请等它结束；已经被结束的，请把那条命令（import 或 roll-forward）照原样再运行一次"
    )
    save_new_folder(tmp_path, FILES)
    assert not unfinished(tmp_path)
    assert state(tmp_path) == FILES


WRITER = """
import sys, pathlib
from generator.saving import Made, save_output
folder, unit = sys.argv[1:]
for number in range(12):
    save_output(pathlib.Path(folder), "报告.docx", f"{unit} {number}".encode(), Made("build", unit=unit))
"""


def test_reports_saved_at_once_under_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    at_work = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), unit]) for unit in ("A", "B", "C")]
    assert [process.wait() for process in at_work] == [0, 0, 0]
    assert sorted(path.read_text("utf-8") for path in tmp_path.glob("*.docx")) == ["A 11", "B 11", "C 11"]


def test_who_saves_in_the_folder_for_ever_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "_TRIES", 2)
    save_output(tmp_path, REPORT, b"first")
    held, _ = saving._hold(tmp_path / saving.RECORDS / "lock")
    with held:
        assert said(save_output(tmp_path, REPORT, b"second")) == (
            f"O018 “{tmp_path / REPORT}”没有保存：另一个 juesuan 正在往这个文件夹里保存，等了很久也没有结束。"
            "请等它结束后重新运行"
        )
    assert codes(save_output(tmp_path, REPORT, b"second")) == []
