"""Whatever a query or an edge list says: an exit code of the contract, never a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from build import SMALL_QUERY
from command_line import Done, bibnet
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.query.reader import KEYS

CODES = {0, 2, 10, 11, 12, 13, 14, 15}
SLOW = settings(max_examples=60)

plain = st.text(st.characters(codec="utf-8", exclude_characters='"\\\n\r'), max_size=20)
numbers = st.one_of(
    st.integers().map(str),
    st.integers(10**18, 10**40).map(str),
    st.floats().map(str),
    st.sampled_from(["1" * 5000, "0x" + "f" * 5000, "1e999", "-0", "1979-05-27", "true", "inf"]),
)
values = st.recursive(
    numbers | plain.map('"{}"'.format),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=2).map(
            lambda items: "{" + ", ".join(f"k{n} = {v}" for n, v in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)
sections = st.sampled_from([section for section in KEYS if section] + ["sides", "other"])
keys = st.sampled_from(sorted({key for known in KEYS.values() for key in known} | {'""', "europe"}))
lines = st.one_of(
    sections.map("[{}]".format), st.tuples(keys, values).map(lambda pair: f"{pair[0]} = {pair[1]}")
)
queries = st.one_of(
    st.lists(lines, max_size=12).map("\n".join).map(str.encode),
    st.lists(lines, max_size=4).map(lambda more: (SMALL_QUERY + "\n".join(more)).encode()),
    st.binary(max_size=60),
)
cells = st.one_of(numbers, plain, st.sampled_from(["", "a", "b", "1", "0", "1e-320", '"', "-1"]))
tables = st.one_of(
    st.lists(st.lists(cells, max_size=4).map(",".join), max_size=8)
    .map("\n".join)
    .map(lambda rows: f"a,b,weight\n{rows}".encode()),
    st.binary(max_size=60),
)


def sound(done: Done) -> None:
    """It ended as the contract says, and said why in three parts where it failed."""
    assert done.returncode in CODES, done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert "what to do:" in done.stderr


def ran(query: bytes) -> Done:
    """A run of the query without works: what is wrong with the query is said before."""
    with TemporaryDirectory() as name:
        (Path(name) / "query.toml").write_bytes(query)
        return bibnet("run", "query.toml", "--works", "absent.jsonl", cwd=Path(name))


@SLOW
@given(queries)
def test_any_query(query: bytes) -> None:
    sound(ran(query))


@SLOW
@given(tables, st.sampled_from(["none", "distance"]))
def test_any_edge_list(table: bytes, weights: str) -> None:
    with TemporaryDirectory() as name:
        (Path(name) / "edges.csv").write_bytes(table)
        sound(bibnet("centrality", "--edges", "edges.csv", "--weights", weights, cwd=Path(name)))


DEEP = 5000


@pytest.mark.parametrize(
    "more",
    [
        "[works]\nai = 5",
        f"[works]\nmax_authors = {2**70}",
        f"[network]\nmin_works = {'9' * 5000}",
        f"[count]\ncitation_window = 0x{'f' * 5000}",
        f"[works]\nlanguages = {'[' * DEEP}{']' * DEEP}",
        f"[review]\nverdicts = '{'v' * 5000}'",
        f"[count]\npopulation = '{'v' * 300}'",
        '[sides]\n"" = ["DE"]',
        f"[sides]\nus = ['US', 0x{'f' * 5000}]",
        f"[sides]\nus = [0x{'f' * 5000}]",
        f"[sides]\n{'s' * 5000} = ['US']",
        '[sides]\n"a\\nb" = ["US"]',
        "works = 5",
        f"name = '{'n' * 300}'",
    ],
)
def test_faults_of_a_query_have_their_code(more: str) -> None:
    table = more.startswith("[sides]")
    text = SMALL_QUERY + more.removeprefix("[sides]\n") if table else SMALL_QUERY + more
    if more.startswith("[works]"):
        text = SMALL_QUERY.replace('[works]\nai = ["all"]', more)
    if more.startswith("name"):
        text = SMALL_QUERY.replace('name = "small"', more)
    done = ran(text.encode())
    sound(done)
    assert done.returncode == 10


def test_a_query_whose_name_is_too_long_is_not_there(tmp_path: Path) -> None:
    done = bibnet("run", "q" * 5000, "--works", "works.jsonl", cwd=tmp_path)
    sound(done)
    assert done.returncode == 10


def test_works_that_cannot_be_looked_up_are_the_input_s_fault(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL_QUERY)
    (tmp_path / "loop").symlink_to("loop")
    for name in ("w" * 5000, "loop", "."):
        done = bibnet("run", "small.toml", "--works", name, cwd=tmp_path)
        sound(done)
        assert done.returncode == 11, name
