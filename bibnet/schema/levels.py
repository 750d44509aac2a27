"""Tables of a network of another level than institution: named by the level the query asks for."""

from dataclasses import dataclass

from bibnet.schema.column import Table, integer, text
from bibnet.schema.exhibits.shared import (
    COUNTRY,
    JOINT_WORKS,
    PAIR_MEASURES,
    WORKS,
    WORKS_FRACTIONAL,
)
from bibnet.schema.exhibits.structure import CENTRALITY
from bibnet.schema.ties import MEMBERSHIP_COLUMNS, TIE_COLUMNS

# The level of the contract's own exhibits: nothing more to write.
OWN_LEVEL = "institution"
UNIT = text("unit", "id of the unit, as bibnet.network.levels forms it")
NAME = text("name", "name of the unit; empty for authors and where the corpus has none")
MEASURE_COLUMNS = tuple(
    column for column in CENTRALITY.columns[3:] if column.name not in ("community",)
)


def level_exhibits(level: str) -> tuple[Table, ...]:
    """The exhibits that a run has because its query asks for this level."""
    if level == OWN_LEVEL:
        return ()
    declared = level_tables(level)
    return (declared.centrality, declared.pairs)


@dataclass(frozen=True)
class LevelTables:
    """The tables of one level: two of the network, two exhibits."""

    membership: Table
    tie: Table
    centrality: Table
    pairs: Table


def level_tables(level: str) -> LevelTables:
    """Declarations of the tables that a run writes where its query asks for this level.

    network/level_LEVEL_membership.parquet and level_LEVEL_tie.parquet;
    exhibits/level_LEVEL_centrality.csv and level_LEVEL_pairs.csv.
    """
    shown = level.replace("_", " ")
    return LevelTables(
        Table(
            f"level_{level}_membership",
            f"Units of the level {shown} of each authorship (or of the work as a whole).",
            MEMBERSHIP_COLUMNS,
            ("work_key", "author_seq", "unit"),
        ),
        Table(
            f"level_{level}_tie",
            f"Every pair of units of the level {shown} of every work.",
            TIE_COLUMNS,
            ("work_key", "unit_a", "unit_b"),
        ),
        Table(
            f"level_{level}_centrality",
            f"Works and centrality of the units of the level {shown}, network of all works.",
            (UNIT, NAME, COUNTRY, *MEASURE_COLUMNS, WORKS, WORKS_FRACTIONAL, JOINT_WORKS),
            ("unit",),
        ),
        Table(
            f"level_{level}_pairs",
            f"Ties between units of the level {shown}.",
            (
                text("unit_a", "first unit, the smaller by code point"),
                text("unit_b", "second unit"),
                *PAIR_MEASURES,
                integer("joint_works", "works in common with a country of every side", "works"),
            ),
            ("unit_a", "unit_b"),
        ),
    )
