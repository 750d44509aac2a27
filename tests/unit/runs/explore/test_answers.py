"""What fits a filter, and what is counted of it, over five works that are written out."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from explored import SIDES, explored_run
from hypothesis import given
from hypothesis import strategies as st

from bibnet.runs.explore.answers import Answers
from bibnet.runs.explore.filters import Filters, read_filters
from bibnet.runs.explore.works_database import WorksDatabase
from bibnet.runs.tables import open_tables
from bibnet.schema.errors import UsageError
from bibnet.storage.engine import open_engine


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorksDatabase]:
    folder = explored_run(tmp_path_factory.mktemp("explored") / "run")
    spill = tmp_path_factory.mktemp("spill")
    engine = open_engine(spill)
    opened = WorksDatabase(engine, open_tables(engine, folder, SIDES), spill)
    yield opened
    opened.close()
    engine.close()


def found(database: WorksDatabase, *pairs: tuple[str, str]) -> list[str]:
    answers = Answers(database, read_filters(pairs, database))
    return [work["work_id"] for work in answers.all_works()]


@pytest.mark.parametrize(
    ("pairs", "works"),
    [
        ((), ["W4", "W2", "W3", "W1", "W5"]),  # newest first, without a year last
        ((("year_from", "2021"),), ["W4", "W2", "W3"]),
        ((("year_to", "2020"),), ["W1"]),
        ((("joint", "yes"),), ["W2", "W1"]),
        ((("words", "GRAPH"),), ["W2", "W1"]),
        ((("words", "graph deep"),), ["W2"]),
        ((("country", "DE"),), ["W2", "W1"]),
        ((("country", "germany"), ("country", "FR")), ["W2"]),
        ((("side", "europe"),), ["W2", "W3", "W1"]),
        ((("institution", "alpha university"),), ["W2", "W1"]),
        ((("topic", "T1"),), ["W2", "W1"]),
        ((("funder", "Fund"),), ["W1"]),
        ((("funder", "Fund without an id"),), ["W4"]),
        ((("list", "List two"),), ["W1"]),  # the other flag was set aside
        ((("list", "any list"),), ["W1"]),
        ((("tie", "institution,I2,I1"),), ["W2", "W1"]),
        ((("tie", "country,DE,FR"),), ["W2"]),
        ((("sort", "cited"),), ["W1", "W2", "W3", "W4", "W5"]),
        ((("sort", "oldest"),), ["W1", "W2", "W3", "W4", "W5"]),
        ((("sort", "title"),), ["W3", "W4", "W2", "W1", "W5"]),
        ((("country", "DE"), ("year_from", "2022")), []),
    ],
)
def test_the_works_that_fit(
    database: WorksDatabase, pairs: tuple[tuple[str, str], ...], works: list[str]
) -> None:
    assert found(database, *pairs) == works


def test_counts_of_members_and_ties(database: WorksDatabase) -> None:
    answers = Answers(database, Filters())
    assert answers.totals == (5, 2, 1)
    assert answers.years() == [(2020, 1, 1), (2021, 2, 1), (2022, 1, 0)]
    counted, of = answers.members("country"), database.members["country"]
    named = [str(of.label[number]) for number in counted.number]
    rows = list(zip(named, counted.works.tolist(), counted.joint.tolist(), strict=True))
    assert rows == [("China", 3, 2), ("Germany", 2, 2), ("France", 2, 1), ("unknown", 1, 0)]
    tied, of = answers.ties("institution"), database.members["institution"]
    ends = [(str(of.id[a]), str(of.id[b])) for a, b in zip(tied.one, tied.other, strict=True)]
    counts = list(zip(map(sorted, ends), tied.works.tolist(), tied.joint.tolist(), strict=True))
    assert counts[0] == (["I1", "I2"], 2, 2)
    assert [works for _, works, _ in counts] == [2, 1, 1]


def test_ties_among_the_first_only(database: WorksDatabase) -> None:
    tied = Answers(database, Filters()).ties("institution", among=2)
    assert tied.works.tolist() == [2]


def test_texts_of_a_work(database: WorksDatabase) -> None:
    (work,) = Answers(database, read_filters([("funder", "F1")], database)).works(10)
    assert [row["label"] for row in work["institutions"]] == [
        "Beta",  # on more works
        "Alpha University",
    ]
    assert [row["label"] for row in work["listed"]] == ["Beta: List one, List two"]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("country", "XX"), "no country 'XX'"),
        (("institution", "alph"), "perhaps one of: Alpha University"),
        (("year_from", "x"), "'x' is not a whole number"),
        (("year_from", "-1"), "'-1' is not a whole number"),
        (("tie", "author,A,B"), "'author,A,B' is not a tie"),
        (("sort", "random"), "'random' is not known"),
        (("x'; DROP TABLE work", "1"), "there is no such parameter"),
    ],
)
def test_what_cannot_be_asked(database: WorksDatabase, pair: tuple[str, str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_filters([pair], database)
    assert said in str(refused.value)


def test_every_fault_is_told_at_once(database: WorksDatabase) -> None:
    with pytest.raises(UsageError) as refused:
        read_filters([("country", "XX"), ("year_to", "soon"), ("sort", "x")], database)
    assert len(refused.value.faults) == 3


@given(st.text(max_size=40))
def test_words_are_words_whatever_they_say(database: WorksDatabase, words: str) -> None:
    """Quotes, wild cards and statements of SQL are letters to look for."""
    asked = read_filters([("words", words)], database)
    kept = Answers(database, asked).totals[0]
    titles = [work["title"] or "" for work in Answers(database, Filters()).all_works()]
    each = asked.words.split()
    assert kept <= len(titles)
    if each and all(word.isascii() for word in each):
        assert kept == sum(all(w.lower() in title.lower() for w in each) for title in titles)


FILTERS = st.builds(
    Filters,
    years=st.tuples(*[st.none() | st.integers(0, 9999)] * 2),
    joint=st.booleans(),
    words=st.just("a b"),
    members=st.lists(
        st.sampled_from([("country", "DE"), ("side", "china"), ("institution", "I3")]), unique=True
    ).map(tuple),
    ties=st.sampled_from([(), (("country", "CN", "DE"),)]),
    sort=st.sampled_from(("newest", "cited")),
    page=st.integers(1, 99),
)


@given(FILTERS)
def test_an_address_says_its_filters(database: WorksDatabase, filters: Filters) -> None:
    assert read_filters(parse_qsl(filters.address.removeprefix("?")), database) == filters
