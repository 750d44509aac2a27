"""Invented works with planted funders, awards and listings: found is exactly what was planted."""

import random
from collections import Counter
from typing import Any

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.reference import load
from bibnet.runs.open import Run
from bibnet.tag.funders.known import FunderList

pytestmark = pytest.mark.long

WORKS, NEAR_MISSES = 600, 10_000
HIT = institution(204983213, "CN", display_name="Harbin Institute of Technology")
OTHERS = (institution(1, "DE"), institution(2, "CN"))
ENTRY, FIRST_LISTED = "harbin-institute-of-technology", "2019-11-25"
KEY_RD, JCJQ = "National Key Research and Development Program", "basic-strengthening-program-jcjq"
MERGED, KEPT = "F4320307874", "F4320311904"  # two ids of one funder: the Wellcome Trust
ODD = ("quarzol", "vimbrel", "tolmeque")  # words that no funder is named by


class Plan:
    """What was planted: works by funder entry, by form of an award, by relation to the listing."""

    def __init__(self) -> None:
        self.funders: Counter[str] = Counter()
        self.by_award: Counter[str] = Counter()
        self.listed: Counter[str] = Counter()
        self.years: Counter[int] = Counter()
        self.works: list[dict[str, Any]] = []


@pytest.fixture(scope="module")
def planted() -> Plan:
    chance = random.Random(20261126)
    ids = sorted(row["funder_id"] for row in load.rows("funders") if row["funder_id"])
    merged = {row["from_id"] for row in load.rows("merged_funders")}
    plan = Plan()
    for number in range(1, WORKS + 1):
        funders, awards, found = [], [], set()
        for funder in chance.sample(ids, chance.choice((0, 0, 1, 2))):
            if funder not in merged:
                funders.append({"id": f"https://openalex.org/{funder}", "display_name": funder})
                found.add(funder)
        if chance.random() < 0.1:
            both = [{"id": f"https://openalex.org/{one}", "display_name": "Wellcome"}
                    for one in (MERGED, KEPT)]  # fmt: skip
            funders += both
            found.add(KEPT)
        plan.funders.update(found)
        if chance.random() < 0.1:  # one award in two spellings
            number_of_form = f"20{chance.randrange(16, 24)}YFB{chance.randrange(10**6, 10**7)}"
            awards += [award(number_of_form), award(f"No. {number_of_form.lower()[:7]} "
                                                    f"{number_of_form.lower()[7:]}")]  # fmt: skip
            plan.by_award[KEY_RD] += 1
        elif chance.random() < 0.1:
            awards.append(
                award(f"20{chance.randrange(17, 24)}-JCJQ-ZD-{chance.randrange(100, 999)}")
            )
            plan.by_award[JCJQ] += 1
        elif chance.random() < 0.2:  # near misses of both forms
            awards.append(award(chance.choice(("2019YFB12345", "X2019YFB1234567", "2019-JCJQ-ZD"))))
        year, month = chance.randrange(2015, 2025), chance.randrange(2, 13)
        day = f"{year}-{month:02}-{chance.randrange(1, 29):02}"
        where = [*OTHERS] if chance.random() < 0.5 else [*OTHERS, HIT]
        if HIT in where:
            plan.listed["then" if day >= FIRST_LISTED else "since"] += 1
        if funders or awards:
            plan.years[int(day[:4])] += 1
        plan.works.append(
            work(number, *map(authorship, where), funders=funders, awards=awards,
                 publication_date=day, publication_year=int(day[:4]))
        )  # fmt: skip
    return plan


def award(number: str) -> dict[str, Any]:
    return {"id": None, "funder_award_id": number, "funder_id": None}


@pytest.fixture(scope="module")
def found(planted: Plan, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("planted"), *planted.works)


def test_every_planted_funder_is_counted_and_no_other(found: Run, planted: Plan) -> None:
    frame = found.exhibit("funders")
    by_id = frame[frame["works_by_award"] == 0]
    assert dict(zip(by_id["funder_id"], by_id["works"], strict=True)) == dict(planted.funders)
    assert set(frame["funder_country"].dropna()) <= {r["country"] for r in load.rows("funders")}


def test_every_planted_award_is_told_by_its_form_once(found: Run, planted: Plan) -> None:
    frame = found.exhibit("funders")
    told = frame[frame["works_by_award"] > 0]
    entries = {row["entry_id"]: row["name"] for row in load.rows("funders")}
    expected = {entries.get(name, name): works for name, works in planted.by_award.items()}
    assert dict(zip(told["funder"], told["works_by_award"], strict=True)) == expected
    years = found.exhibit("funding_years").set_index("year")["disclosed"]
    assert {year: works for year, works in years.items() if works} == dict(planted.years)


def test_every_planted_listing_stands_on_its_side_of_the_day(found: Run, planted: Plan) -> None:
    rows = found.exhibit("defence")
    row = rows[rows["entry_id"] == ENTRY].iloc[0]
    assert len(rows) == 1
    for name in ("then", "since"):
        assert row[f"works_{name}"] == planted.listed[name]
    assert row["works_unclear"] == row["works_until"] == 0
    assert row["works"] == sum(planted.listed.values())


def test_a_name_with_one_word_changed_names_no_funder() -> None:
    chance, known = random.Random(20261126), FunderList()
    names = sorted(row["name"] for row in load.rows("funders") if len(row["name"].split()) >= 3)
    assert known.named(names[0]) is not None
    named = []
    for _ in range(NEAR_MISSES):
        words = chance.choice(names).split()
        words[chance.randrange(len(words))] = chance.choice(ODD)
        text = " ".join(words)
        if known.named(text) is not None:
            named.append(text)
    assert named == []
