"""Which files are logs, which of two counts, and that one bad file never stops the others."""

import shutil
from pathlib import Path

import pytest

from reportkit.branch.copies import conflict, counting_of, is_copy, the_one_that_counts
from reportkit.branch.folder import Branch, is_passing, log_name
from reportkit.branch.refresh import Refreshed, refresh
from reportkit.definitions.findings import Finding
from tests.branches import ADVISORS, TODAY, WEEK, branch_in, rewrite, rows_of_advisor


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return branch_in(tmp_path)


def run(branch: Branch) -> Refreshed:
    return refresh(branch, WEEK, TODAY)


def places(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.place.file, one.code) for one in found]


@pytest.mark.parametrize(
    "name",
    [
        "~$A001 张伟.xlsx", ".~lock.A001.xlsx#", ".A001.xlsx.12.part", "A001.xlsx.tmp", "~WRL0001.tmp", "a.CRDOWNLOAD",
        ".~A001 张伟.xlsx", "5F3C1A00", "A001 张伟.xlsx.baiduyun.downloading", "~RF1a2b.TMP", ".A001.xlsx.~1a2b",
        ".syncthing.A001.xlsx.tmp", "desktop.ini", "Thumbs.db", ".DS_Store",
    ],
)  # fmt: skip
def test_files_on_their_way_are_no_logs(branch: Branch, name: str) -> None:
    branch.log(name).write_bytes(b"x")
    assert is_passing(name)
    assert name not in [path.name for path in branch.logs()]
    assert len(branch.logs()) == ADVISORS


@pytest.mark.parametrize(
    "name",
    [
        "A001 张伟 (1).xlsx",  # browsers, Google Drive
        "A001 张伟（1）.xlsx",
        "A001 张伟 2.xlsx",  # iCloud
        "A001 张伟-DESKTOP-8F3K2LQ.xlsx",  # OneDrive
        "A001 张伟-LAPTOP-20261125.xlsx",
        "A001 张伟-张伟的MacBook Pro.xlsx",
        "A001 张伟 (张伟的冲突副本 2026-11-25).xlsx",  # Dropbox
        "A001 张伟 (張偉 的衝突複本 2026-11-25).xlsx",
        "A001 张伟 (Wei's conflicted copy 2026-11-25).xlsx",
        "A001 张伟 (Case Conflict).xlsx",
        "A001 张伟 (conflicted copy 2026-11-25 101010).xlsx",  # Nextcloud
        "A001 张伟_conflict-20261125-101010.xlsx",  # ownCloud
        "A001 张伟.sync-conflict-20261125-101010-ABCDEFG.xlsx",  # Syncthing
        "A001 张伟(冲突副本-张伟-2026-11-25).xlsx",  # 坚果云
        "A001 张伟(NSConflict-张伟-v2).xlsx",
        "A001 张伟 - 副本.xlsx",  # Windows
        "A001 张伟 - 複製 (2).xlsx",
        "A001 张伟 拷贝.xlsx",  # macOS
        "Copy of A001 张伟.xlsx",
        "A001 张伟(自动恢复).xlsx",  # Excel, WPS
        "A001 张伟 [Repaired].xlsx",
        "A001 张伟 2026.11.25.xlsx",  # people
        "A001 张伟 旧.xlsx",
    ],
)
def test_a_copy_is_told_by_its_name(name: str) -> None:
    assert is_copy(name)
    assert the_one_that_counts([name, "A001 张伟.xlsx"], "A001") == "A001 张伟.xlsx"


@pytest.mark.parametrize("name", ["A001 张伟.xlsx", "A001 Wei Zhang.xlsx", "B-12 PCole.xlsx", "10086.xlsx"])
def test_an_ordinary_name_is_no_copy(name: str) -> None:
    assert not is_copy(name)


def test_the_advisors_own_file_counts_and_the_copy_names_it(branch: Branch) -> None:
    own, name = branch.logs()[0].name, "A001 张伟-DESKTOP-8F3K2LQ.xlsx"
    shutil.copy(branch.log(own), branch.log(name))
    done = run(branch)
    assert places(done.failed) == [(name, "file.conflict")]
    assert done.failed[0].words["other"] == own
    assert "reads like a copy's" in done.failed[0].message("en")
    assert done.team is not None
    assert done.team.members[0].file == own


def test_which_of_two_logs_counts_does_not_depend_on_their_order() -> None:
    files = ["B.xlsx", "A001 张伟 (1).xlsx", "A001 张伟.xlsx", "A001 新.xlsx"]
    for _ in files:
        files.append(files.pop(0))
        assert the_one_that_counts(files, "A001") == "A001 新.xlsx"
    assert the_one_that_counts(["A001 旧.xlsx", "A001 张伟.xlsx"], "A001") == "A001 张伟.xlsx"  # though it is longer


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("A001.xlsx", "named as the roster has it"),
        ("A001.et", "an .xlsx, as logs are made"),
        ("A001.xlsm", "an .xlsx, as logs are made"),
        ("A001 张.xlsx", "named as the roster has it"),
        ("日志.xlsx", "named as the roster has it"),
        ("A001 张伟 (1).xlsx", "reads like a copy's"),
    ],
)
def test_the_log_the_roster_names_counts_and_the_finding_says_why(branch: Branch, other: str, why: str) -> None:
    settings = branch.settings()
    own = log_name("A001", settings.roster_of("A001")[-1].name)
    for files in ([own, other], [other, own]):
        assert counting_of([(file, "A001") for file in files], settings) == {"A001": own}
    said = conflict(other, own, "A001", settings).message("en")
    assert f"{own}, which counts because" in said
    assert why in said


def test_a_second_log_under_another_name_is_found_though_both_were_read_at_once(branch: Branch) -> None:
    first = run(branch)
    identity, rows = rows_of_advisor(1)
    rows["activities"] = rows["activities"][:5]
    rewrite(branch, identity, rows, "zz.xlsx")
    again = run(branch)
    assert places(again.failed) == [("zz.xlsx", "file.conflict")]
    assert first.team is not None
    assert again.team is not None
    assert again.team.members == first.team.members


def test_each_file_that_cannot_be_used_is_a_finding_and_the_others_count(branch: Branch) -> None:
    whole = branch.logs()[0].read_bytes()
    branch.log("B1.xlsx").write_bytes(b"")
    branch.log("B2.xlsx").write_bytes(whole[: len(whole) // 2])
    branch.log("B3.csv").write_text("a,b\n1,2\n", "utf-8")
    shutil.copy(branch.settings_path, branch.log("B4.xlsx"))
    done = run(branch)
    assert [file for file, _ in places(done.failed)] == ["B1.xlsx", "B2.xlsx", "B3.csv", "B4.xlsx"]
    assert done.errors
    assert done.team is not None
    assert len(done.team.members) == ADVISORS


@pytest.mark.parametrize("advisor", ["", "../A001", "A/1", "..", "a:b", "Team", "NUL"])
def test_an_advisor_id_that_could_not_be_a_file_name_is_nobodys(branch: Branch, advisor: str) -> None:
    from dataclasses import replace

    identity, rows = rows_of_advisor(1)
    rewrite(branch, replace(identity, advisor_id=advisor), rows, "odd.xlsx")
    done = run(branch)
    assert ("odd.xlsx", "advisor.unknown") in places(done.failed)
    assert {path.name for path in branch.reports(WEEK).iterdir()} == {"team.xlsx", "A001.xlsx", "A002.xlsx"}
    assert not (branch.root / "reports" / "A001.xlsx").exists()


def test_a_branch_whose_every_log_fails_has_no_reports(branch: Branch) -> None:
    run(branch)
    for log in branch.logs():
        log.write_bytes(b"")
    done = run(branch)
    assert done.team is None
    assert len(done.failed) == ADVISORS
    assert list(branch.reports(WEEK).iterdir()) == []
