"""Commands of the review: draw a sample to read, score it when it is filled in."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bibnet import runs
from bibnet.cli.app import HELP_NAMES, AsJson, RunFolder, number_within, prose, say
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.disk import whole_file
from bibnet.storage.terminal import result_console

MANY = number_within(0, 1_000_000, int)

review = typer.Typer(
    help="Samples to read by hand, and the precision they give.",
    context_settings=HELP_NAMES,
    no_args_is_help=True,
)


def sample_command(
    run: RunFolder,
    per_keyword: Annotated[
        int, typer.Option(parser=MANY, metavar="<int>", help="works for each keyword")
    ] = 20,
    per_institution: Annotated[
        int, typer.Option(parser=MANY, metavar="<int>", help="works for each flagged institution")
    ] = 20,
    seed: Annotated[int, typer.Option(help="the seed of the draw")] = 1,
    family: Annotated[
        list[str] | None, typer.Option(help="a family of keywords; may be repeated")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="the CSV file to write; else it is printed")
    ] = None,
) -> None:
    """Draw a sample of works for every keyword and every flagged institution, to fill in.

    Write accept, reject or unsure into the column verdict.
    Example: bibnet review sample outputs/demo/RUN --per-keyword 20 --out sample.csv
    """
    opened = runs.load(run)
    found = set(opened.table("keyword_hit")["family"])
    unknown = sorted(set(family or ()) - found)
    if unknown:
        remedy = f"one of: {', '.join(sorted(found)) or 'none, the run has no keyword'}"
        raise UsageError(Fault(f"no keyword of the family {unknown[0]!r}", "--family", remedy))
    draw = runs.Draw(seed, per_keyword, per_institution, tuple(family or ()))
    rows = runs.draw_sample(opened, draw)
    if out is None:
        runs.write_sample(rows, sys.stdout)
        return
    with whole_file(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        runs.write_sample(rows, file)
    say(f"{len(rows)} rows to judge")
    typer.echo(out)


def score_command(
    run: RunFolder,
    sample: Annotated[
        Path, typer.Argument(metavar="SAMPLE", help="a sample with the column verdict filled in")
    ],
    min_precision: Annotated[
        float,
        typer.Option(
            parser=number_within(0, 1, float),
            metavar="<share>",
            help="below this a keyword or flag is dropped",
        ),
    ] = 0.8,
    out: Annotated[Path | None, typer.Option(help="the file of verdicts to write")] = None,
    reviewer: Annotated[str, typer.Option(help="kept with every verdict, if wanted")] = "",
    date: Annotated[str, typer.Option(help="kept with every verdict, as 2026-02-16")] = "",
    as_json: AsJson = False,
) -> None:
    """Print the precision of each keyword and flag, and write the verdicts that a run obeys.

    Example: bibnet review score outputs/demo/RUN sample.csv --out verdicts.csv
    """
    opened = runs.load(run)
    scores = runs.score_sample(runs.read_judgements(opened, sample), min_precision)
    if out is not None:
        runs.write_verdicts(out, scores, opened, runs.Signature(reviewer, date))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in scores], sort_keys=True))
    else:
        runs.show_scores(scores, min_precision, result_console())


review.command("sample", help=prose(sample_command))(sample_command)
review.command("score", help=prose(score_command))(score_command)
