"""Where and what the actors of a run are: hubs by place, and companies that strings name."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts import hubs, populations
from bibnet.schema.companies import COMPANY
from bibnet.storage.workbench import Workbench
from bibnet.tag.companies import company_rows
from bibnet.tag.place_names import place_names


def name_companies(bench: Workbench) -> None:
    """Write the companies named by strings; none where the query does not read strings."""
    expression = company_rows.strings(bench.tables)
    if bench.request.query.affiliations != "resolve":
        expression = expression.filter(ibis.literal(False))
    string = bench.frame(expression)
    bench.write(company_rows.companies(bench.tables, string, place_names()), COMPANY)


def hub_exhibits(bench: Workbench) -> Mapping[str, ir.Table]:
    """The hubs exhibit, per capita by the packaged populations and those of the user."""
    people = populations.packaged_populations()
    if bench.request.query.population:
        people |= populations.read_populations(bench.request.query.population)
    return {"hubs": hubs.hubs(bench.tables, populations.population_table(people))}
