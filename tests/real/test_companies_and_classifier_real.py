"""Companies in the conference papers' strings, and the classifier on real titles."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from build import write_lines

from bibnet.tables.read import read_works
from bibnet.tag.ai.labelled import LabelledWorks, Training, measure_classifier, train_classifier
from bibnet.tag.companies.company import named_companies
from bibnet.tag.companies.company_lists import CORPORATE_LAB, LEGAL_FORM
from bibnet.tag.companies.company_table import packaged_lists
from bibnet.tag.place_names import place_names

pytestmark = [pytest.mark.real, pytest.mark.long]

# One in forty papers is enough to learn from, and quick.
EVERY = 40
# Read by hand among those recognised: companies, and bodies of other kinds.
COMPANIES = ("Mazda Motor Corporation", "Volkswagen AG", "Tunga Aerospace Industries (P) Ltd",
             "IUVO S.r.l.", "Coxem Co. Ltd", "Scania CV AB", "NSK Ltd.")  # fmt: skip
NONE = ("142nd Military Police Company", "Hamad Medical Corporation", "an Otherlab Company")


@pytest.fixture(scope="module")
def strings(shared_data: Path) -> Counter[str]:
    """Affiliation strings of the conference papers with their number."""
    found: Counter[str] = Counter()
    with gzip.open(shared_data / "conferences" / "papers.jsonl.gz", "rt") as lines:
        for line in lines:
            for author in json.loads(line)["authors"]:
                found.update(text for text in author.get("affiliations") or () if text)
    return found


@pytest.fixture(scope="module")
def named(strings: Counter[str]) -> dict[str, Counter[str]]:
    """Names found, by rule, with the number of affiliations."""
    places, lists = place_names(), packaged_lists()
    known = {*places.cities, *places.countries}
    found: dict[str, Counter[str]] = {LEGAL_FORM: Counter(), CORPORATE_LAB: Counter()}
    for text, number in strings.items():
        for company in named_companies(text, lists, known):
            found[company.rule][company.name] += number
    return found


def test_forms_name_companies_that_were_read_by_hand(named: dict[str, Counter[str]]) -> None:
    forms = named[LEGAL_FORM]
    assert [name for name in COMPANIES if name not in forms] == []
    assert [name for name in NONE if name in forms] == []


def test_no_university_or_hospital_is_a_company(named: dict[str, Counter[str]]) -> None:
    words = ("universit", "college", "hospital", "大学", "医院")
    assert [n for n in named[LEGAL_FORM] if any(word in n.lower() for word in words)] == []


def test_chinese_labs_are_their_companies(named: dict[str, Counter[str]]) -> None:
    labs = named[CORPORATE_LAB]
    for company in ("Huawei Technologies", "Tencent", "Alibaba Group", "SenseTime", "JD.com"):
        assert labs[company] > 100, company


def test_titles_alone_are_read_where_one_label_has_no_abstracts(
    shared_data: Path, tmp_path: Path
) -> None:
    """Measured whole: with abstracts of the negatives only, a model found 18 % of OpenAlex's AI
    works instead of 73 %, because it had learned that long texts are not AI."""
    positives = _titles(shared_data, tmp_path)
    negatives = shared_data / "openalex" / "works.jsonl.gz"
    given = LabelledWorks([positives], [negatives], read_works, ("topics_any",))
    record = train_classifier(given, Training(1), tmp_path / "ai.json", lambda line: None)
    assert record["texts"] == "title"
    assert record["counts"]["negative"]["left_out_by_rule"] > 150
    assert record["held_out"]["recall"] > 0.85
    assert record["held_out"]["false_positive_rate"] < 0.2
    elsewhere = LabelledWorks(
        [_ai_works(negatives, tmp_path)], [negatives], read_works, ("topics_any",)
    )
    found = measure_classifier(tmp_path / "ai.json", elsewhere, 1, lambda line: None)["scores"]
    assert 0.5 < found["recall"] < record["held_out"]["recall"]


def _titles(shared_data: Path, folder: Path) -> Path:
    with gzip.open(shared_data / "conferences" / "papers.jsonl.gz", "rt") as lines:
        chosen = [line for at, line in enumerate(lines) if at % EVERY == 0]
    return write_lines(folder / "titles.jsonl", *(json.loads(line) for line in chosen))


def _ai_works(path: Path, folder: Path) -> Path:
    """Works whose primary topic is of the subfield artificial intelligence or computer vision."""
    with gzip.open(path, "rt") as lines:
        works = [json.loads(line) for line in lines]
    wanted = ("1702", "1707")
    found = [
        work for work in works
        if _subfield(work).endswith(wanted)
    ]  # fmt: skip
    return write_lines(folder / "openalex_ai.jsonl", *found)


def _subfield(work: dict) -> str:
    subfield = (work.get("primary_topic") or {}).get("subfield") or {}
    return str(subfield.get("id", ""))
