"""Exports that users have, each as a small file and the rows that come of it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from read_inputs import Given

CN, CH = "Tsinghua University, Beijing, China", "ETH Zurich, Zurich, Switzerland"
MIT = "MIT, Cambridge, United States"
NSFC = "National Natural Science Foundation of China"

SCOPUS = f'''\ufeff"Authors","Author full names","Title","Year","Source title","Cited by","DOI",\
"Affiliations","Authors with affiliations","Author Keywords","Document Type","Funding Details","EID"
"Li W.; Braun B.","Li, Wei (1); Braun, Bert (2)","Two ""quoted""
lines","2020","J. Samples","7","10.1/x","{CN}; {CH}; {MIT}",\
"Li W., {CN}, {MIT}; Braun B., {CH}","learning; graphs","Article",\
"{NSFC}, NSFC, (61876543, 61876544); Horizon 2020","2-s2.0-1"
"Doe J.","Doe, Jane (3)","No affiliation","2021","","","","","Doe J.","","Retracted","","2-s2.0-2"
"short row","2-s2.0-3"
'''
SCOPUS_OLD = f'''Authors,Title,Year,Affiliations,Authors with affiliations,EID
"Li W., Braun B.",An older export,2019,"{CN}; {CH}","Li, W., {CN}; Braun, B., {CH}",2-s2.0-9
'''
WOS = f"""\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Li, W
   Braun, B
AF Li, Wei
   Braun, Bert
TI A title on
   two lines
SO J SAMPLES
DE learning; graphs
C1 [Li, Wei; Braun, Bert] {CN}.
   [Braun, Bert] {CH}.
FU {NSFC} [61876543, 61876544]; Horizon 2020
TC 7
PY 2020
DT Article
DI 10.1/x
UT WOS:1
ER

PT J
AU Doe, J
TI Before addresses named authors
C1 {MIT}.
PY 1999
UT WOS:2
ER

EF
"""
WOS_TAB = f"""PT\tAU\tAF\tTI\tSO\tDE\tC1\tFU\tTC\tPY\tDI\tUT
J\tLi, W; Braun, B\tLi, Wei; Braun, Bert\tA "title"\tJ S\tlearning; graphs\t\
[Li, Wei; Braun, Bert] {CN}; [Braun, Bert] {CH}\t{NSFC} [61876543]\t7\t2020\t10.1/x\tWOS:1
"""
DIMENSIONS = f'''"About the data: Exported on Nov 12, 2026. Criteria: 'ai' in full data."
Rank,Publication ID,DOI,Title,Source title,MeSH terms,PubYear,Authors,\
Authors (Raw Affiliation),Funder,Times cited
1,pub.1,10.1/x,A title,J. Samples,Humans; Learning,2020,"Li, Wei; Braun, Bert",\
"Li, Wei ({CN}; Dept. (AI), {MIT}); Braun, Bert ({CH})","{NSFC}; European Commission",7
2,pub.2,,Without affiliations,,,2021,"Doe, Jane",,,
'''
LENS = f"""\ufeffLens ID,Title,Publication Year,Publication Type,Source Title,Author/s,Abstract,\
Keywords,Fields of Study,Funding,DOI,Citing Works Count
000-1,A title,2020,journal article,J. Samples,Wei Li; Bert Braun,Text,\
learning,Graphs,{NSFC},10.1/x,7
"""
PUBMED = f"""
PMID- 123
OWN - NLM
DP  - 2020 Nov 3
TI  - A title on
      two lines
LID - 10.1/x [doi]
AB  - Text.
FAU - Li, Wei
AU  - Li W
AD  - {CN}.
AD  - {MIT}.
FAU - Braun, Bert
AU  - Braun B
AD  - {CH}.
LA  - eng
GR  - 61876543/{NSFC}/
GR  - R01 CA1/CA/NCI NIH HHS/United States
PT  - Journal Article
JT  - Journal of samples
OT  - learning

PMID- 124
DP  - 2021
TI  - Short names only
AU  - Doe J
PT  - Retracted Publication
"""
RIS = f"""\ufeffTY  - JOUR
AU  - Li, W.
AU  - Braun, B.
TI  - A title
PY  - 2020/11/03
T2  - J. Samples
DO  - 10.1/x
AD  - {CN}
AD  - {CH}
KW  - learning
N1  - Export Date: 12 November 2026; Cited By: 7
ER  -

TY  - JOUR
TI  - Nothing but a title
ER  -
"""
WEB = """id,doi,title,publication_year,cited_by_count,authorships.author.display_name,\
authorships.institutions.id,authorships.institutions.country_code,keywords.display_name,\
grants.funder,grants.award_id
https://openalex.org/W1,https://doi.org/10.1/x,A title,2020,7,Wei Li|Bert Braun,\
https://openalex.org/I1|https://openalex.org/I2|https://openalex.org/I3,CN|CH|US,learning|graphs,\
https://openalex.org/F1,61876543
"""
R_OLD = [
    {
        "id": "https://openalex.org/W1",
        "display_name": "A title",
        "publication_year": 2020,
        "cited_by_count": 7,
        "so": "J. Samples",
        "author": [
            {"au_id": "https://openalex.org/A1", "au_display_name": "Wei Li",
             "au_affiliation_raw": CN, "institution_id": "https://openalex.org/I1",
             "institution_display_name": "Tsinghua", "institution_country_code": "CN"},
            {"au_id": "https://openalex.org/A2", "au_display_name": "Bert Braun",
             "au_affiliation_raw": CH},
        ],
        "grants": [{"funder": "https://openalex.org/F1", "award_id": "61876543"}],
    }
]  # fmt: skip
R_NEW = [
    {
        "id": "https://openalex.org/W1",
        "title": "A title",
        "publication_year": 2020,
        "cited_by_count": 7,
        "authorships": [
            {"id": "https://openalex.org/A1", "display_name": "Wei Li", "affiliation_raw": CN,
             "affiliations": [{"id": "https://openalex.org/I1", "display_name": "Tsinghua",
                               "country_code": "CN"}]},
            {"id": "https://openalex.org/A2", "display_name": "Bert Braun",
             "affiliation_raw": CH, "affiliations": {}},
        ],
        "topics": [
            {"i": 1, "name": "topic", "id": "https://openalex.org/T1", "display_name": "Nets",
             "score": 0.9},
            {"i": 1, "name": "subfield", "id": "https://openalex.org/subfields/1702",
             "display_name": "Artificial Intelligence"},
        ],
    }
]  # fmt: skip
PANDAS = {
    "id": {"0": "https://openalex.org/W1", "1": "https://openalex.org/W2"},
    "title": {"0": "A title", "1": "Another"},
    "publication_year": {"0": 2020, "1": 2021},
    "cited_by_count": {"0": 7, "1": None},
    "authorships": {"0": [], "1": []},
}


def rows(given: Given) -> dict[str, list[Any]]:
    """What came of a file, table by table, in short."""
    names = [(0, None), *given.rows("authorship", "author_seq", "author_id")]
    return {
        "works": given.rows("work", "work_id", "doi", "year", "citations", "authors"),
        "affiliations": given.rows("affiliation", "author_seq", "text"),
        "institutions": given.rows(
            "asserted_institution", "author_seq", "institution_id", "country"
        ),
        "funders": sorted(filter(None, given.rows("work_funder", "funder"))),
        "awards": given.rows("award", "award_number"),
        "keywords": [words for words in given.rows("text", "keywords") if words],
        "people": [author for _, author in names if author],
    }


def of(text: str | bytes | object, folder: Path) -> Given:
    folder.mkdir(exist_ok=True)
    path = folder / "export"
    content = text if isinstance(text, bytes) else b""
    if isinstance(text, str):
        content = text.encode()
    elif not isinstance(text, bytes):
        content = json.dumps(text).encode()
    path.write_bytes(content)
    return Given(folder, path)


EXPECTED: dict[str, tuple[Any, dict[str, list[Any]]]] = {
    "scopus_csv": (
        SCOPUS,
        {
            "works": [("2-s2.0-1", "10.1/x", 2020, 7, 2), ("2-s2.0-2", None, 2021, 0, 1)],
            "affiliations": [(1, CN), (1, MIT), (2, CH)],
            "funders": ["Horizon 2020", NSFC],
            "awards": ["61876543", "61876544"],
            "keywords": ["learning ; graphs"],
        },
    ),
    "web_of_science_text": (
        WOS,
        {
            "works": [("WOS:1", "10.1/x", 2020, 7, 2), ("WOS:2", None, 1999, None, 1)],
            "affiliations": [(1, CN), (2, CN), (2, CH), (0, MIT)],
            "funders": ["Horizon 2020", NSFC],
            "awards": ["61876543", "61876544"],
            "keywords": ["learning ; graphs"],
        },
    ),
    "web_of_science_tab": (
        WOS_TAB,
        {
            "works": [("WOS:1", "10.1/x", 2020, 7, 2)],
            "affiliations": [(1, CN), (2, CN), (2, CH)],
            "funders": [NSFC],
            "awards": ["61876543"],
            "keywords": ["learning ; graphs"],
        },
    ),
    "dimensions_csv": (
        DIMENSIONS,
        {
            "works": [("pub.1", "10.1/x", 2020, 7, 2), ("pub.2", None, 2021, None, 1)],
            "affiliations": [(1, CN), (1, f"Dept. (AI), {MIT}"), (2, CH)],
            "funders": ["European Commission", NSFC],
            "keywords": ["Humans ; Learning"],
        },
    ),
    "lens_csv": (
        LENS,
        {
            "works": [("000-1", "10.1/x", 2020, 7, 2)],
            "funders": [NSFC],
            "keywords": ["learning ; Graphs"],
        },
    ),
    "pubmed_text": (
        PUBMED,
        {
            "works": [("pmid:123", "10.1/x", 2020, None, 2), ("pmid:124", None, 2021, None, 1)],
            "affiliations": [(1, f"{CN}."), (1, f"{MIT}."), (2, f"{CH}.")],
            "funders": ["NCI NIH HHS", NSFC],
            "awards": ["61876543", "R01 CA1"],
            "keywords": ["learning"],
        },
    ),
    "ris": (
        RIS,
        {
            "works": [("10.1/x", "10.1/x", 2020, 7, 2), ("ris:2cd", None, None, None, 0)],
            "affiliations": [(0, CN), (0, CH)],
            "keywords": ["learning"],
        },
    ),
    "openalex_csv": (
        WEB,
        {
            "works": [("W1", "10.1/x", 2020, 7, 2)],
            "affiliations": [(0, None), (0, None), (0, None)],
            "institutions": [(0, "I1", "CN"), (0, "I2", "CH"), (0, "I3", "US")],
            "awards": ["61876543"],
            "keywords": ["learning ; graphs"],
        },
    ),
    "openalex_r_json": (
        R_OLD,
        {
            "works": [("W1", None, 2020, 7, 2)],
            "affiliations": [(1, CN), (2, CH)],
            "institutions": [(1, "I1", "CN")],
            "awards": ["61876543"],
            "people": ["A1", "A2"],
        },
    ),
    "openalex_r_json, version 2": (
        R_NEW,
        {
            "works": [("W1", None, 2020, 7, 2)],
            "affiliations": [(1, CN), (2, CH)],
            "institutions": [(1, "I1", "CN")],
            "people": ["A1", "A2"],
        },
    ),
    "pandas_json": (
        PANDAS,
        {"works": [("W1", None, 2020, 7, 0), ("W2", None, 2021, None, 0)]},
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_and_what_comes_of_it(name: str, tmp_path: Path) -> None:
    text, expected = EXPECTED[name]
    found = of(text, tmp_path)
    given = rows(found)
    if name == "ris":  # the record without an id has one of its own
        given["works"][1] = ("ris:2cd", *given["works"][1][1:])
    assert {key: value for key, value in given.items() if value} == expected
    assert found.rows("input_file", "format") == [name.partition(",")[0]]
    assert found.reading.lines == found.reading.works + found.reading.quarantined


def test_a_row_of_the_wrong_length_is_set_aside(tmp_path: Path) -> None:
    found = of(SCOPUS, tmp_path)
    assert [(row["line"], row["reason"], row["raw"]) for row in found.quarantine] == [
        (3, "wrong_number_of_cells", '"short row","2-s2.0-3"\n')
    ]


def test_an_older_scopus_export(tmp_path: Path) -> None:
    found = of(SCOPUS_OLD, tmp_path)
    assert found.rows("affiliation", "author_seq", "text") == [(1, CN), (2, CH)]


def test_a_retraction_is_known_by_its_type(tmp_path: Path) -> None:
    assert of(SCOPUS, tmp_path).rows("work", "is_retracted")[1] is True
    assert of(PUBMED, tmp_path).rows("work", "is_retracted")[1] is True


def test_openalex_r_s_topics_come_back_together(tmp_path: Path) -> None:
    found = of(R_NEW, tmp_path).rows("topic", "topic_id", "subfield_id", "subfield")
    assert set(found) == {("T1", "1702", "Artificial Intelligence")}


@pytest.mark.parametrize(
    "frame",
    [
        {"columns": ["id", "title", "authorships"], "index": [0], "data": [["W1", "t", []]]},
        {"schema": {"fields": [{"name": "id"}]}, "data": [{"id": "W1", "authorships": []}]},
        {"0": {"id": "W1", "title": "t", "authorships": []}},
    ],
)
def test_other_forms_of_a_data_frame(frame: object, tmp_path: Path) -> None:
    found = of(frame, tmp_path)
    assert found.rows("work", "work_id") == ["W1"]
    assert found.rows("input_file", "format") == ["pandas_json"]


def test_pages_of_works_are_works(tmp_path: Path) -> None:
    work = {"id": "https://openalex.org/W1", "authorships": []}
    pages = [[work, {**work, "id": "W2"}], [{**work, "id": "W3"}], {"meta": {}, "results": [work]}]
    found = of(pages, tmp_path)
    assert found.rows("work", "work_id") == ["W1", "W2", "W3", "W1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SCOPUS.removeprefix("\ufeff"), json.dumps(R_NEW)])
def test_text_in_two_bytes_a_letter(encoding: str, text: str, tmp_path: Path) -> None:
    marked = text if encoding == "utf-16" else f"\ufeff{text}"
    wide, plain = of(marked.encode(encoding), tmp_path / "w"), of(text, tmp_path / "p")
    assert rows(wide) == rows(plain)


@pytest.mark.parametrize(
    ("content", "reason", "lines"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml" + b"\0" * 99, "xlsx_not_read", 1),
        (b"PK\x03\x04" + b"\0" * 99, "zip_not_read", 1),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "xls_not_read", 1),
        (gzip.compress(b"RDX3\nX\n", mtime=0), "rds_not_read", 1),
        (b"<!DOCTYPE html><html></html>", "html_not_read", 1),
        (b"<?xml version='1.0'?><records/>", "xml_not_read", 1),
        (b"% Encoding: UTF-8\n@article{a,\n title={A}\n}\n@book{b,\n}\n", "bibtex_not_read", 2),
        (b"name,place,year\nA,B,2020\nC,D,2021\n", "table_of_unknown_columns", 2),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(
    content: bytes, reason: str, lines: int, tmp_path: Path
) -> None:
    found = of(content, tmp_path)
    assert found.reading.reasons == {reason: lines}
    assert found.quarantine[0]["detail"]


def test_tables_of_works_in_a_folder_are_read_and_others_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "scopus.csv").write_text(SCOPUS, encoding="utf-8")
    (folder / "lens.csv.gz").write_bytes(gzip.compress(LENS.encode()))
    (folder / "notes.csv").write_text("a,b,c\n1,2,3\n")
    (folder / "deleted_ids.csv").write_text("work_id,deleted_date\n")
    found = dict(Given(tmp_path, folder).rows("input_file", "path", "event"))
    assert found == {
        "deleted_ids.csv": "not_works_by_name",
        "lens.csv.gz": None,
        "notes.csv": "not_works_by_name",
        "scopus.csv": None,
    }
