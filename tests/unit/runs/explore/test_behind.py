"""The works behind the numbers of a page: as many as the number says, for every exhibit."""

import pandas as pd
import pytest
from build import authorship, institution, work
from runs import run
from told_works import ToldWorks

from bibnet.report.content.cell import Cell, row_keys
from bibnet.runs.explore.behind import RunWorks, counts_works
from bibnet.runs.open import Run
from bibnet.schema import EXHIBITS

DE, CN, FR, US = (institution(n, c) for n, c in ((1, "DE"), (2, "CN"), (3, "FR"), (4, "US")))
# Old enough to be judged: as many of one side as joint ones, so that both have a stratum.
SETTLED = [
    work(10 + n, authorship(DE), authorship(FR if n % 2 else CN), publication_year=2015,
         cited_by_count=n, type="article")
    for n in range(24)
]  # fmt: skip
FUNDER = {"id": "https://openalex.org/F4320321001", "display_name": "NSFC"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(
        tmp_path_factory.mktemp("behind"),
        work(1, authorship(DE), authorship(CN), funders=[FUNDER], publication_year=2019),
        work(2, authorship(DE, CN), title="=1+1"),
        work(3, authorship(FR), authorship(CN), authorship(US)),
        work(4, authorship(DE)),
        work(5, authorship()),
        *SETTLED,
    )


@pytest.fixture(scope="module")
def behind(made: Run) -> RunWorks:
    return RunWorks(made.engine, made.tables)


@pytest.mark.parametrize("name", list(EXHIBITS))
def test_every_number_has_as_many_works(made: Run, behind: RunWorks, name: str) -> None:
    rows, keys = made.exhibit(name), behind.keys(name)
    cells = [Cell(name, key) for key in row_keys(rows, keys)]
    for count, lists in behind.lists(name, cells).items():
        numbers = [0 if pd.isna(number) else number for number in rows[count]]
        assert [len(places) for places in lists] == numbers, count


@pytest.mark.parametrize("name", list(EXHIBITS))
def test_every_declared_count_of_works_has_a_list(behind: RunWorks, name: str) -> None:
    """A new column of whole works that its incidence does not list fails here."""
    assert behind.counts(name) == tuple(c.name for c in EXHIBITS[name].columns if counts_works(c))


def test_every_number_of_works_on_the_pages_opens_as_many_works(made: Run) -> None:
    """Few works: no share is told, and numbers written as words open nothing."""
    told = ToldWorks(made.folder, names=r"Institution \d")
    assert told.links() > 300
    assert told.faults() == []


def test_judged_works_of_a_comparison_are_those_of_its_strata(behind: RunWorks) -> None:
    """W2 has one author and W3 three countries, which no work of one side has."""
    cell = {"compared_with": "europe only", "adjusted_for": "authors_and_countries"}
    lists = behind.lists("citations_compared", [Cell("citations_compared", cell)])
    works = behind.columns().work_id
    judged = {name: {works[place] for place in found[0]} for name, found in lists.items()}
    joint, europe = ({f"W{10 + n}" for n in range(24) if n % 2 == odd} for odd in (0, 1))
    assert judged == {
        "works": {"W1", "W2", "W3", "W4", *joint, *europe},
        "works_in_mncs": {"W1", *joint},
        "compared_works_in_mncs": europe,
        "works_in_pp_top10": {"W1", *joint},
        "compared_works_in_pp_top10": europe,
    }


def test_works_stand_newest_first_with_what_they_rest_on(behind: RunWorks) -> None:
    works = behind.columns()
    assert list(works.work_id)[:5] == ["W2", "W3", "W4", "W5", "W1"]
    first = [works.institution_names[number] for number in works.institutions[0]]
    assert sorted(first) == [("Institution 1", "DE"), ("Institution 2", "CN")]
    assert works.levels[0] == [1, 1]
    assert [works.funder_names[number] for number in works.funders[4]] == [
        "National Natural Science Foundation of China"
    ]
    assert works.institutions[3] == []
