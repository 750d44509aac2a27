"""The works of a run in a database in memory, numbered newest first, ready for any filter.

SQL, and not Ibis: every value that a reader sends is a bound parameter. Names of tables and
columns come from DIMENSIONS alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from bibnet.metrics.counts.listed import standing_flags
from bibnet.reference import load as reference
from bibnet.runs.explore.dimensions import DIMENSIONS, MEMBER, NAMED, TIES, Dimension
from bibnet.runs.explore.grouped import Grouped, Numbers, grouped, spans
from bibnet.storage.engine import Engine, Tables

Names = npt.NDArray[np.object_]
Row = dict[str, Any]
THREADS = 2
MEMORY_LIMIT = "2GB"  # a million works take less than half of it
# Newest first, so that the first page of any list is found at the beginning of the table.
WORK = """
CREATE TABLE work AS
SELECT (row_number() OVER (ORDER BY year DESC NULLS LAST, work_id, work_key) - 1)::INTEGER AS n, *
FROM arriving ORDER BY n
"""
NUMBERS_OF_WORKS = """
SELECT coalesce(year, 0), coalesce(citations, -1),
       (row_number() OVER (ORDER BY lower(title) NULLS LAST, n) - 1)::INTEGER, joint, undecided
FROM work ORDER BY n
"""
NUMBERS_OF = "SELECT number, n FROM in_{name} ORDER BY number, n"
NAMES_OF = "SELECT id, label, country, side FROM of_{name} ORDER BY number"
ENDS_OF = "SELECT a, b, n FROM tie_{name} ORDER BY a, b, n"
# Values of readers are bound where there is a question mark.
WITH_WORDS = "SELECT n FROM work WHERE {each}"
WORKS = """
SELECT n, work_id, doi, title, year, venue, citations, joint FROM work
WHERE n IN (SELECT unnest(?::INTEGER[])) AND n BETWEEN ? AND ?
"""
TEXTS_OF = """
SELECT * FROM in_{name} JOIN of_{name} USING (number)
WHERE n IN (SELECT unnest(?::INTEGER[])) AND n BETWEEN ? AND ? ORDER BY n, number
"""
TIE_COLUMNS = ("work_key", "unit_a", "unit_b")
COUNTRY = "country"
# Dimensions that a list of works names beside places.
SHOWN_OF_WORKS = ("funder", "listed")
# Members in order of their works, so that number 0 is the most frequent one.
MEMBERS = """
CREATE TABLE of_{name} AS
SELECT (row_number() OVER (ORDER BY works DESC, id) - 1)::INTEGER AS number, id,
       coalesce(label, id) AS label, country, side
FROM (SELECT id, count(*) AS works FROM arriving GROUP BY id) LEFT JOIN named USING (id)
ORDER BY number
"""
WORKS_OF = """
CREATE TABLE in_{name} AS
SELECT n, number FROM arriving JOIN work USING (work_key) JOIN of_{name} USING (id)
ORDER BY n, number
"""
TIES_OF = """
CREATE TABLE tie_{name} AS
SELECT n, least(a.number, b.number) AS a, greatest(a.number, b.number) AS b
FROM arriving JOIN work USING (work_key)
JOIN of_{name} AS a ON a.id = unit_a JOIN of_{name} AS b ON b.id = unit_b
"""
PLACED = """
CREATE TABLE of_place AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, institution, country) - 1)::INTEGER AS number,
       institution AS label, country
FROM arriving GROUP BY institution, country ORDER BY number;
CREATE TABLE in_place AS
SELECT n, number, min(level)::INTEGER AS level FROM arriving JOIN work USING (work_key)
JOIN of_place ON label IS NOT DISTINCT FROM institution
             AND of_place.country IS NOT DISTINCT FROM arriving.country
GROUP BY n, number ORDER BY n, number
"""


@dataclass(frozen=True)
class Members:
    """What works have of a dimension: the works of each member, and who the members are.

    Members stand in the order of their numbers; 0 is on most works.
    """

    works: Grouped
    id: Names
    label: Names
    country: Names
    side: Names


@dataclass(frozen=True)
class Ties:
    """Pairs of members that share a work, sorted: numbers of both, `one` below `other`, works."""

    one: Numbers
    other: Numbers
    works: Grouped

    def of(self, members: Numbers) -> Numbers:
        """Places of the pairs whose first member is one of these."""
        ends = (np.searchsorted(self.one, members, side) for side in ("left", "right"))
        return spans(*ends)

    def between(self, one: int, other: int) -> Numbers:
        """The works that two members share, `one` below `other`; none without such a pair."""
        pairs = self.of(np.array([one]))
        found = pairs[self.other[pairs] == other].tolist()
        return self.works.of(found[0] if found else -1)


class WorksDatabase:
    """A run's works, what each has of every dimension, and its ties, in memory.

    Whatever is counted is held as numbers: `members` by dimension, `ties` by level, and of each
    work `year` (0 = none), `citations` (-1 = unknown), `joint`, `undecided`, and its place by
    `title`. Texts are tables that `rows` asks: `work` (n, work_id, doi, title, year, venue,
    citations, joint), and `of_NAME` (number, id, label, country, side) with `in_NAME` (n, number)
    for each dimension and for `place`, the institutions and countries that a list of works names.
    `coordinates` are latitude and longitude of the institutions that have them, by id; `listed` the
    ids of those that a list holds.
    """

    def __init__(self, engine: Engine, tables: Tables, spill: Path):
        config: dict[str, Any] = {"threads": THREADS, "memory_limit": MEMORY_LIMIT}
        self._database = duckdb.connect(config={**config, "temp_directory": str(spill)})
        self._engine = engine
        self._keep(WORK, _works(tables))
        found = self._numbers(NUMBERS_OF_WORKS)
        self.year, self.citations, self.title, self.joint, self.undecided = found
        self.members = {one.name: self._members(one, tables) for one in DIMENSIONS}
        self.ties = {level: self._ties(level, tables) for level in TIES}
        self.coordinates = self._coordinates(tables["institution"])
        self.listed = frozenset(self._engine.frame(_listed(tables))["institution_id"])
        self._keep(PLACED, tables["place"].select("work_key", "institution", "country", "level"))

    def __len__(self) -> int:
        return len(self.year)

    def works(self, numbers: Sequence[int]) -> dict[int, Row]:
        """The texts of works by their numbers; may be asked from any thread."""
        if not numbers:
            return {}
        values = [numbers, min(numbers), max(numbers)]
        return {row["n"]: row for row in self._rows(WORKS, values)}

    def texts(self, table: str, numbers: Sequence[int]) -> dict[int, list[Row]]:
        """What works have of `place` or a dimension of SHOWN_OF_WORKS: rows by number of a work."""
        found: dict[int, list[Row]] = {}
        if numbers:
            values = [numbers, min(numbers), max(numbers)]
            for row in self._rows(TEXTS_OF.format(name=table), values):
                found.setdefault(row["n"], []).append(row)
        return found

    def _rows(self, sql: str, values: Sequence[object]) -> list[Row]:
        with self._database.cursor() as cursor:
            found = cursor.execute(sql, list(values))
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def with_words(self, words: Sequence[str]) -> Numbers:
        """Numbers of the works whose title has all of these, whatever the case."""
        each = " AND ".join("contains(lower(title), lower(?))" for _ in words)
        with self._database.cursor() as cursor:
            found = cursor.execute(WITH_WORDS.format(each=each or "true"), list(words))
            return np.asarray(found.fetchnumpy()["n"])

    def close(self) -> None:
        """Give back the memory."""
        self._database.close()

    def _keep(self, sql: str, arriving: ir.Table) -> None:
        """Carry out SQL that makes tables of the rows of an expression."""
        schema = arriving.schema().to_pyarrow()
        rows = pa.Table.from_batches(self._engine.batches(arriving), schema)
        self._database.register("arriving", rows)
        self._database.execute(sql)
        self._database.unregister("arriving")

    def _numbers(self, sql: str) -> list[Numbers]:
        return [np.asarray(column) for column in self._database.sql(sql).fetchnumpy().values()]

    def _members(self, dimension: Dimension, tables: Tables) -> Members:
        names = self._engine.frame(dimension.names(tables).select(*NAMED))
        if dimension.name == COUNTRY:
            names = _with_names_of_countries(names)
        kinds = pa.schema([(name, pa.string()) for name in NAMED])
        self._database.register("named", pa.Table.from_pandas(names, kinds, preserve_index=False))
        members = dimension.members(tables).select(*MEMBER)
        self._keep(f"{MEMBERS};{WORKS_OF}".format(name=dimension.name), members)
        member, work = self._numbers(NUMBERS_OF.format(name=dimension.name))
        if dimension.name not in SHOWN_OF_WORKS:
            self._database.execute(f"DROP TABLE in_{dimension.name}")
        texts = self._database.sql(NAMES_OF.format(name=dimension.name)).fetchall()
        columns = zip(*texts, strict=True) if texts else [()] * len(NAMED)
        works = grouped(member, work, len(texts))
        return Members(works, *(np.array(column, dtype=object) for column in columns))

    def _coordinates(self, institution: ir.Table) -> dict[str, tuple[float, float]]:
        located = institution.filter(institution.lat.notnull() & institution.lon.notnull())
        rows = self._engine.frame(located.select("institution_id", "lat", "lon"))
        places = zip(rows["lat"].tolist(), rows["lon"].tolist(), strict=True)
        return dict(zip(rows["institution_id"], places, strict=True))

    def _ties(self, level: str, tables: Tables) -> Ties:
        self._keep(TIES_OF.format(name=level), tables[f"{level}_tie"].select(*TIE_COLUMNS))
        one, other, work = self._numbers(ENDS_OF.format(name=level))
        self._database.execute(f"DROP TABLE tie_{level}")
        begins = np.ones(len(work), bool)
        begins[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
        starts = np.flatnonzero(begins)
        works = Grouped(np.append(starts, len(work)), work.astype(np.intp))
        return Ties(one[starts], other[starts], works)


def _listed(tables: Tables) -> ir.Table:
    flags = standing_flags(tables).select("institution_id").distinct()
    return flags.filter(flags.institution_id.notnull())


def _works(tables: Tables) -> ir.Table:
    work = tables["work"].select(
        "work_key", "work_id", "doi", "title", "year", "venue", "citations"
    )
    scope = tables["work_scope"].select("work_key", "joint", "undecided")
    rows = work.inner_join(scope, "work_key")
    undecided = ibis.coalesce(rows.undecided, ibis.literal(False))
    return rows.mutate(joint=ibis.coalesce(rows.joint, ibis.literal(False)), undecided=undecided)


def _with_names_of_countries(names: pd.DataFrame) -> pd.DataFrame:
    """Every country that there is, with its name; the side of those that are in one."""
    known = pd.DataFrame(reference.rows(reference.COUNTRIES))[["country", "name"]]
    side = names.dropna(subset=["id"]).set_index("id")["side"]
    code = known["country"]
    return pd.DataFrame(
        {"id": code, "label": known["name"], "country": code, "side": code.map(side)}
    )


def number_of(of: Members, identifier: str) -> int:
    """The number of a member, -1 if there is none."""
    found = np.flatnonzero(of.id == identifier)
    return int(found[0]) if len(found) else -1
