"""How far the countries found agree with labels that the provider of the works gave.

Labels are compared with, never used as evidence. Providers fold some codes into one; ours
are folded the same way for the comparison only.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.reference import load as reference
from bibnet.storage.engine import Engine, Tables
from bibnet.storage.texts import parts

SEPARATOR = "|"
FOLDED_SCHEME = "china_as_labelled"
FOLDED_INTO_SCHEME = "china_mainland"


@dataclass(frozen=True)
class Agreement:
    """Counts over the works that have a label: pairs of a work and a country.

    `agreed` pairs are ours and labelled, `ours` and `labelled` are all pairs of either
    side; `same_works` have exactly the labelled countries. `unread` labels name no
    country that the reference list knows.
    """

    works: int
    same_works: int
    ours: int
    labelled: int
    agreed: int
    unread: int

    @property
    def precision(self) -> float:
        """Share of our pairs that are labelled; NaN without any."""
        return self.agreed / self.ours if self.ours else float("nan")

    @property
    def recall(self) -> float:
        """Share of the labelled pairs that are ours; NaN without any."""
        return self.agreed / self.labelled if self.labelled else float("nan")


def label_agreement(engine: Engine, tables: Tables) -> Agreement | None:
    """Compare the places of works with their labels; None where no work has a label."""
    work = tables["work"]
    labelled = work.filter(work.country_labels.notnull())
    if not _number(engine, labelled):
        return None  # as all works of OpenAlex: what follows would count nothing six times
    labels = _labels(labelled)
    known = _folded(labels.filter(labels.country.notnull()))
    ours = _folded(_ours(tables)).semi_join(known, "work_key")
    agreed = ours.semi_join(known, ["work_key", "country"])
    differing = ours.anti_join(known, ["work_key", "country"]).union(
        known.anti_join(ours, ["work_key", "country"])
    )
    works = known.select("work_key").distinct()
    counted = (
        works,
        works.anti_join(differing, "work_key"),
        ours,
        known,
        agreed,
        labels.filter(labels.country.isnull()),
    )
    found = Agreement(*(_number(engine, rows) for rows in counted))
    return found if found.works else None


def _number(engine: Engine, rows: ir.Table) -> int:
    return int(engine.frame(rows.aggregate(rows=rows.count()))["rows"][0])


def _labels(labelled: ir.Table) -> ir.Table:
    """Rows (work_key, country), the country empty where the label is not read."""
    rows = labelled.select("work_key", label=parts(labelled.country_labels, SEPARATOR)).unnest(
        "label"
    )
    rows = rows.mutate(name=rows.label.strip().lower())
    return rows.left_join(_names(), "name").select("work_key", "country")


def _names() -> ir.Table:
    """Lower-case names of countries and their codes; a name of two countries is no name."""
    found: dict[str, set[str]] = {}
    for name, key in (("countries", "name"), ("country_spellings", "name")):
        for row in reference.rows(name):
            found.setdefault(row[key].strip().lower(), set()).add(row["country"])
    rows = [(name, min(codes)) for name, codes in sorted(found.items()) if len(codes) == 1]
    return ibis.memtable(rows, schema={"name": "string", "country": "string"})


def _ours(tables: Tables) -> ir.Table:
    place = tables["place"]
    return place.filter(place.country.notnull()).select("work_key", "country")


def _folded(rows: ir.Table) -> ir.Table:
    schemes = reference.schemes()
    (into,) = schemes[FOLDED_INTO_SCHEME]
    code = ibis.ifelse(rows.country.isin(sorted(schemes[FOLDED_SCHEME])), into, rows.country)
    return rows.select("work_key", country=code).distinct()
