"""Commands on networks: the centrality of a run's institutions, or of anybody's edge list."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bibnet import network, runs
from bibnet.cli.app import AsJson, say
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.terminal import result_console

if TYPE_CHECKING:
    from bibnet.runs import CentralityReport

EDGES_FORM = "bibnet centrality --edges FILE.csv [--min-weight N] [--out FILE.csv]"
RUN_FORM = "bibnet centrality RUN [--country CC] [--level LEVEL] [--json]"


def centrality_command(
    run: Annotated[Path | None, typer.Argument(metavar="RUN", help="the folder of a run")] = None,
    edges: Annotated[
        Path | None, typer.Option(help="a CSV file instead of a run: name, name, weight")
    ] = None,
    min_weight: Annotated[
        float | None, typer.Option(help="drop edges below it, and nodes left without an edge")
    ] = None,
    weights: Annotated[
        str, typer.Option(help="paths: distance (1 / weight) or none (one step per edge)")
    ] = "distance",
    out: Annotated[Path | None, typer.Option(help="write the table to this CSV file")] = None,
    country: Annotated[
        str | None, typer.Option(help="report on this country (code or name)")
    ] = None,
    level: Annotated[str, typer.Option(help="what the nodes are")] = "institution",
    sort: Annotated[
        str,
        typer.Option(
            help="largest first by this column, for example joint_works; otherwise by rank"
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Report the centrality of a run or of any edge list.

    Of a run: the report of one country (institutions, ties, partners, ranks, years), or the
    ranking of all units of a level: institution, city, province, country, author.
    Example: bibnet centrality outputs/europe-china-ai/RUN --country DE --sort joint_works
    Example: bibnet centrality --edges pairs.csv --min-weight 400 --weights none
    """
    if weights not in network.WEIGHTS:
        remedy = f"use one of: {', '.join(network.WEIGHTS)}"
        raise UsageError(Fault("unknown weights", f"--weights {weights}", remedy))
    if run is not None and edges is None:
        if min_weight is not None:
            remedy = f"leave it out: {RUN_FORM}"
            raise UsageError(Fault("this belongs to an edge list", "--min-weight", remedy))
        question = runs.Question(country, level, weights, sort)
        _report(runs.centrality_report(run, question), out, as_json=as_json)
    elif edges is not None and run is None:
        if country or as_json or sort or level != "institution":
            where = "--country, --level, --sort, --json"
            raise UsageError(Fault("these belong to a run", where, f"leave them out: {EDGES_FORM}"))
        _edges(edges, min_weight, weights, out)
    else:
        where = f"{RUN_FORM}, or {EDGES_FORM}"
        raise UsageError(Fault("not one thing to compute", where, "name exactly one"))


def _report(report: "CentralityReport", out: Path | None, *, as_json: bool) -> None:
    if out:
        runs.write_report_csv(report, out)
        say(f"{len(report.table):,} rows in {out}")
    if as_json:
        typer.echo(json.dumps(report.record(), sort_keys=True, ensure_ascii=False, allow_nan=False))
    elif out:
        typer.echo(out)
    else:
        runs.show_centrality(report, result_console())


def _edges(path: Path, min_weight: float | None, weights: str, out: Path | None) -> None:
    floor = 0.0 if min_weight is None else min_weight
    if not (math.isfinite(floor) and floor >= 0):
        where = f"--min-weight {floor}"
        raise UsageError(Fault("not a weight", where, "give a number of 0 or more"))
    found = network.read_edge_list(path, floor)
    for line in network.edge_summary(found, weights):
        say(line)
    text = network.edge_csv(network.edge_centrality(found, weights))
    if out:
        network.write_edge_csv(text, out)
        typer.echo(out)
    else:
        typer.echo(text, nl=False)
