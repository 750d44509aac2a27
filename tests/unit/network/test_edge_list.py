"""Anybody's edge list: what is read, what is said, and what is refused with its line."""

from pathlib import Path

import numpy as np
import pytest

from bibnet.network import edge_list
from bibnet.network.edge_centrality import edge_centrality, edge_csv, edge_summary
from bibnet.network.edge_list import FAULTS_SHOWN, EdgeList, read_edge_list
from bibnet.schema.errors import InputError

HEADER = "a,b,weight\n"


def read(folder: Path, text: str | bytes, min_weight: float = 0.0) -> EdgeList:
    path = folder / "edges.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_edge_list(path, min_weight)


def edges(found: EdgeList) -> list[tuple[str, str, float]]:
    network = found.network
    return [
        (found.names[a], found.names[b], weight)
        for a, b, weight in zip(
            network.source, network.target, network.weight.tolist(), strict=True
        )
    ]


def faults(folder: Path, text: str | bytes, min_weight: float = 0.0) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, text, min_weight)
    assert caught.value.exit_code == 11
    return [
        f"{fault.what} @ {fault.where.rsplit('edges.csv', 1)[1]}" for fault in caught.value.faults
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a,b,weight\nx,y,3\ny,z,1\n",
        "\ufeffa,b,weight\r\nx,y,3\r\ny,z,1",
        "a;b;weight\nx;y;3\ny;z;1\n",
        "a\tb\tweight\nx\ty\t3\ny\tz\t1\n",
        'a,b,weight,source\n x ,y,3,"one, two"\n\n"y",z, 1 ,\n',
        "a,b,weight\ny,x,3\nz,y,1\n",
    ],
)
def test_forms_of_one_edge_list(tmp_path: Path, text: str) -> None:
    assert edges(read(tmp_path, text)) == [("x", "y", 3), ("y", "z", 1)]


def test_names_with_commas_quotes_and_a_guard_against_formulas(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + '"Korea, South","The ""X"" Lab",2\n\'=SUM(A1),y,1\n')
    assert found.names == ("=SUM(A1)", "Korea, South", 'The "X" Lab', "y")
    assert "'=SUM(A1)," in edge_csv(edge_centrality(found, "none"))


def test_a_pair_named_twice_with_one_weight_counts_once(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "x,y,3\ny,x,3.0\n")
    assert edges(found) == [("x", "y", 3)]
    assert found.notes == ("1 lines repeat a pair with the same weight and count once",)


def test_edges_below_the_least_weight_leave_with_their_lone_nodes(tmp_path: Path) -> None:
    text = HEADER + "x,y,400\ny,z,399.9\nz,w,0\nx,w,401\n"
    found = read(tmp_path, text, 400)
    assert edges(found) == [("w", "x", 401), ("x", "y", 400)]
    assert found.names == ("w", "x", "y")


def test_weight_zero_is_no_edge_and_its_nodes_stay_as_isolates(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "x,y,1\nx,z,0\n")
    assert (edges(found), found.names) == ([("x", "y", 1)], ("x", "y", "z"))
    assert found.notes == ("1 nodes have no edge of a weight above 0 (isolates)",)
    last = edge_csv(edge_centrality(found, "distance")).splitlines()[-1].split(",")
    assert last[:6] == ["z", "0", "0", "0.0", "", "0.0"]


def test_a_tie_with_itself_is_left_out_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "x,x,9\nx,y,1\n")
    assert edges(found) == [("x", "y", 1)]
    assert found.notes == ("1 ties of a name with itself are left out (the first in line 2)",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x,y,-1", "the weight '-1' is negative"),
        ("x,y,", "the weight '' is missing"),
        ("x,y,many", "the weight 'many' is not a number"),
        ("x,y,nan", "the weight 'nan' is not a number"),
        ("x,y,inf", "the weight 'inf' is not a number"),
        ("x,y,1_000", "the weight '1_000' is not a number"),
        ('x,y,"1,5"', "the weight '1,5' is not a number"),
        ("x,y,1e400", "the weight '1e400' is too large"),
        ("x,y,1e-320", "the weight '1e-320' is too small (below 1e-100, where numbers end)"),
        ("x,y,1e-999", "the weight '1e-999' is too small (below 1e-100, where numbers end)"),
        (f"x,y,{'9' * 5000}", "is too large"),
        ("x,y", "2 cells instead of three"),
        ("x,,1", "a name is missing"),
        ('"x\ny",z,1', "a name holds a control character"),
        ("x\x1b[31m,z,1", "a name holds a control character"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    [found] = faults(tmp_path, f"{HEADER}a,b,1\n{line}\n")
    assert found.endswith(f"{fault} @ : line 3")


@pytest.mark.parametrize("zeros", ["0" * 5000, f"0.{'0' * 5000}", "0e-5000"])
def test_any_number_of_digits_is_read(tmp_path: Path, zeros: str) -> None:
    found = read(tmp_path, f"{HEADER}a,b,{'0' * 5000}7\nb,c,{zeros}\n")
    assert found.network.weight.tolist() == [7]


def test_weights_far_apart_are_said(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}a,b,1e-12\nb,c,5\n")
    assert [note for note in found.notes if "differ by more than a factor of 1e+10" in note]


def test_a_line_without_end_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_list, "LONGEST_LINE", 100)
    with pytest.raises(InputError, match="a line is longer than 100 characters"):
        read(tmp_path, f"{HEADER}a,b,1,{'x' * 200}\n")


def test_two_weights_of_one_pair_name_both_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, HEADER + "x,y,3\nv,w,1\ny,x,4\n")
    [fault] = caught.value.faults
    assert fault.what == "the pair y, x has weight 4 here and 3 there"
    assert fault.where.endswith("line 4")
    assert fault.remedy == "keep one of the two: line 2 or line 4"


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    text = HEADER + "x,y,-1\nx,,2\nx,y,3\nx,y,5\n"
    assert [found[-6:] for found in faults(tmp_path, text)] == ["line 2", "line 3", "line 5"]


def test_a_file_wrong_everywhere_is_not_told_line_by_line(tmp_path: Path) -> None:
    found = faults(tmp_path, HEADER + "x,y,?\n" * 1000)
    assert len(found) == FAULTS_SHOWN + 1
    assert found[-1].startswith(f"{1000 - FAULTS_SHOWN} more faults")


def test_names_of_two_unicode_forms_are_refused_with_both_lines(tmp_path: Path) -> None:
    """They look the same on paper and would be two nodes."""
    [fault] = faults(tmp_path, HEADER + "Zürich,x,1\nZu\u0308rich,y,2\n")
    assert "looks like 'Zürich' of line 2" in fault
    assert fault.endswith("line 3")
    assert len(faults(tmp_path, HEADER + "New York,x,1\nNew  York,y,2\n")) == 1


def test_names_that_differ_in_case_only_are_two_nodes_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "MIT,x,1\nMit,y,2\n")
    assert len(found.names) == 4
    assert found.notes == (
        "'MIT' (line 2) and 'Mit' (line 3) differ only in case or width: taken as two nodes",
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "the first line does not have three columns (name, name, weight) @ : line 1"),
        (
            b"a,b\nx,y\n",
            "the first line does not have three columns (name, name, weight) @ : line 1",
        ),
        (b"a,b,weight\n", "the file names no edge @ "),
        (
            b"x,y,3\ny,z,1\n",
            "the third column is headed by a number (3): header or edge? @ : line 1",
        ),
    ],
)
def test_a_file_without_header_or_edges(tmp_path: Path, text: bytes, fault: str) -> None:
    assert faults(tmp_path, text) == [fault]


@pytest.mark.parametrize("text", [b"a,b,weight\nx,\xff,1\n", b'a,b,weight\nx,"y,1\nz,w,2\n'])
def test_a_file_that_cannot_be_read(tmp_path: Path, text: bytes) -> None:
    [fault] = faults(tmp_path, text)
    assert fault.startswith("the edge list cannot be read")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_edge_list(tmp_path / "none.csv")


def test_too_high_a_floor_says_the_largest_weight(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, HEADER + "x,y,3\n", 400)
    assert fault.startswith("no edge has a weight of 400 or more; the largest is 3")


@pytest.mark.parametrize(
    ("weight", "kind", "strength"),
    [
        ("1000000", "i", 1_000_000),
        ("9007199254740993", "i", 9_007_199_254_740_993),
        ("0.5", "f", 0.5),
    ],
)
def test_whole_weights_stay_whole(tmp_path: Path, weight: str, kind: str, strength: float) -> None:
    network = read(tmp_path, f"{HEADER}x,y,{weight}\n").network
    assert (network.weight.dtype.kind, network.strength.tolist()) == (kind, [strength] * 2)


@pytest.mark.long
def test_a_million_rows(tmp_path: Path) -> None:
    """1,000 names, each pair twice (in both orders): half a million edges, all of weight 2."""
    names = [f"n{number:04d}" for number in range(1000)]
    rows = "".join(f"{a},{b},2\n" for a in names for b in names if a != b)
    found = read(tmp_path, HEADER + rows)
    assert (found.network.nodes, found.network.edges) == (1000, 499_500)
    assert found.notes == ("499500 lines repeat a pair with the same weight and count once",)
    assert set(found.network.strength.tolist()) == {2 * 999}


def test_columns_and_ranks_of_the_table(tmp_path: Path) -> None:
    """A path a - b - c and a pair d - e, all worked out by hand."""
    found = read(tmp_path, HEADER + "a,b,2\nb,c,2\nd,e,4\n")
    rows = edge_centrality(found, "none")
    assert edge_csv(rows).splitlines()[0] == (
        "node,degree,strength,betweenness,closeness,harmonic,pagerank,eigenvector,degree_rank,"
        "strength_rank,betweenness_rank,closeness_rank,harmonic_rank,pagerank_rank,"
        "eigenvector_rank"
    )
    rows = rows.set_index("node")
    assert rows["betweenness"].tolist() == [0, 1, 0, 0, 0]
    assert rows["closeness_rank"].tolist() == [4, 1, 4, 1, 1]
    assert rows["degree_rank"].tolist() == [2, 1, 2, 2, 2]
    assert rows["strength_rank"].tolist() == [4, 1, 4, 1, 1]
    # Largest eigenvalue 4 of the pair against 2 * sqrt(2) of the path.
    assert rows["eigenvector"].tolist() == [0, 0, 0, 1, 1]
    assert rows["eigenvector_rank"].tolist() == [3, 3, 3, 1, 1]
    by_distance = edge_centrality(found, "distance").set_index("node")
    assert by_distance.loc["d", "closeness"] == 4
    assert np.allclose(by_distance["harmonic"], [3, 4, 3, 4, 4])


def test_what_is_said_of_the_network(tmp_path: Path) -> None:
    said = edge_summary(read(tmp_path, HEADER + "a,b,2\nb,c,2\nd,e,4\n"), "none")
    assert said[0] == "5 nodes, 3 edges, 2 components; the largest holds 60.0% of the nodes"
    assert "distance is one step per edge" in said[1]
