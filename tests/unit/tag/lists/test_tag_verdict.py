"""Reviewers' verdicts: what they set aside, and every fault of their file at once."""

from pathlib import Path

import pandas as pd
import pytest

from bibnet.schema.errors import ReferenceListError
from bibnet.tag.lists.verdict import Verdicts, read_verdicts, reject_flags

HEADER = "kind,key,verdict,reviewer,date,note\n"


def verdicts(folder: Path, *lines: str, header: str = HEADER) -> Verdicts:
    path = folder / "verdicts.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_verdicts(path)


def faults(folder: Path, *lines: str, header: str = HEADER) -> list[str]:
    with pytest.raises(ReferenceListError) as error:
        verdicts(folder, *lines, header=header)
    assert error.value.exit_code == 14
    return [fault.what for fault in error.value.faults]


def test_rejected_keywords_are_dropped_and_accepted_ones_stand(tmp_path: Path):
    found = verdicts(
        tmp_path,
        "keyword,surveillance:face recognition,reject,,,",
        "keyword,military:导弹,accept,,,",
    )
    assert found.dropped() == [("surveillance", "face recognition")]


def test_a_verdict_on_an_entry_holds_for_all_its_institutions(tmp_path: Path):
    found = verdicts(tmp_path, "flag,tsinghua-university,reject,A. Reader,2026-02-16,no")
    said = "verdict in row 2 (A. Reader, 2026-02-16)"
    assert [found.rejected_by("tsinghua-university", own) for own in ("I1", "")] == [said, said]
    assert found.rejected_by("peking-university", "I1") == ""


def test_the_verdict_on_one_institution_goes_before(tmp_path: Path):
    found = verdicts(
        tmp_path, "flag,tsinghua-university,reject,,,", "flag,tsinghua-university:I1,accept,,,"
    )
    assert found.rejected_by("tsinghua-university", "I1") == ""
    assert found.rejected_by("tsinghua-university", "I2") == "verdict in row 2"


def test_reviewer_date_and_note_may_be_left_out(tmp_path: Path):
    found = verdicts(tmp_path, "flag,peking-university,reject", header="kind,key,verdict\n")
    assert found.rejected_by("peking-university", "") == "verdict in row 2"


def test_flags_keep_their_rows_and_say_who_rejected_them(tmp_path: Path):
    found = verdicts(tmp_path, "flag,peking-university:I1,reject,,,")
    flags = pd.DataFrame({"entry_id": ["peking-university"] * 2, "institution_id": ["I1", ""]})
    assert reject_flags(flags, found)["rejected_by"].tolist() == ["verdict in row 2", ""]


def test_no_file_rejects_nothing():
    assert (Verdicts().dropped(), Verdicts().rejected_by("x", "I1")) == ([], "")


def test_all_faults_are_reported_together(tmp_path: Path):
    found = faults(
        tmp_path,
        "keyword,surveillance:no such word,reject,,,",
        "keyword,surveillance:security,reject,,,",  # in the list, but excluded by it
        "flag,no-such-entry:I1,maybe,,,",
        "person,peking-university,reject,,,",
        "flag,peking-university,reject,,16.2.2026,",
        "flag,peking-university,accept,,,",
        "flag,too,many,cells,in,this,row",
    )
    assert found == [
        "7 cells, the header has 6",
        "unknown keyword 'surveillance:no such word'",
        "unknown keyword 'surveillance:security'",
        "unknown verdict 'maybe'",
        "unknown flag 'no-such-entry:I1'",
        "unknown kind 'person'",
        "date is not one: '16.2.2026'",
        "flag 'peking-university' is judged twice",
    ]


def test_a_fault_says_where_and_what_to_do(tmp_path: Path):
    with pytest.raises(ReferenceListError) as error:
        verdicts(tmp_path, "keyword,ai:zzz,reject,,,")
    fault = error.value.faults[0]
    assert fault.where == f"{tmp_path / 'verdicts.csv'}: row 2"
    assert fault.remedy == "write FAMILY:TERM of a keyword that keywords.csv includes"


def test_missing_unknown_and_doubled_columns_are_named(tmp_path: Path):
    assert faults(tmp_path, header="kind,key,key,wrong\n") == [
        "no column verdict",
        "unknown column 'wrong'",
        "column 'key' stands twice",
    ]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path):
    with pytest.raises(ReferenceListError, match="cannot be read"):
        read_verdicts(tmp_path / "none.csv")
    (tmp_path / "v.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReferenceListError, match="cannot be read"):
        read_verdicts(tmp_path / "v.csv")


def test_the_manifest_keeps_every_row(tmp_path: Path):
    found = verdicts(tmp_path, "flag,peking-university,accept,,2026-02-16,'=1+1")
    assert found.record() == [
        {
            "row": 2,
            "kind": "flag",
            "key": "peking-university",
            "verdict": "accept",
            "reviewer": "",
            "date": "2026-02-16",
            "note": "=1+1",  # the apostrophe only guards the cell
            "judged": "",
            "accepted": "",
        }
    ]
