"""Commands of the matcher of affiliation strings: train it, measure it."""

from pathlib import Path
from typing import Annotated

import typer

from bibnet import places
from bibnet.cli.app import HELP_NAMES, prose, say

SEED = 20261122  # of the folds and the trees; the packaged models were trained with it
LabelFile = Annotated[Path, typer.Option(help="labelled strings, JSON Lines, plain or gzipped")]
RegistryFile = Annotated[Path, typer.Option(help="a registry of organisations")]
Seed = Annotated[int, typer.Option(help="the seed of the chance")]

matcher = typer.Typer(
    help="The trained matcher of affiliation strings: train it, measure it.",
    context_settings=HELP_NAMES,
    no_args_is_help=True,
)


def train_command(
    labels: LabelFile,
    registry: RegistryFile,
    out: Annotated[Path, typer.Option(help="the folder for the models and their card")],
    seed: Seed = SEED,
) -> None:
    """Train both stages on labelled strings and write the models; some minutes.

    Example: bibnet matcher train --labels labelled.jsonl.gz --registry ror.zip --out models
    """
    least = places.train(places.study(labels, registry, seed, say), out, seed, say)
    typer.echo(f"{out}: an answer needs a score of {least}")


def measure_command(
    labels: LabelFile,
    registry: RegistryFile,
    hard: Annotated[Path | None, typer.Option(help="hard strings labelled by kind")] = None,
    errors: Annotated[Path | None, typer.Option(help="JSON Lines of what went wrong")] = None,
    seed: Seed = SEED,
) -> None:
    """Measure the matcher on labelled strings, each by models that never saw it.

    Prints a table by set with 95% intervals, for strings whose labels are all in the registry
    (set measures and exact match also over those labelled with no organisation), then what every
    organisation returned was, then the kinds of hard strings.
    Example: bibnet matcher measure --labels labelled.jsonl.gz --registry ror.zip
    """
    found = places.study(labels, registry, seed, say)
    score = places.cross_validated(found.given, seed, say)
    least = places.load_ranker().least
    answers = places.answers_to(found, score, least)
    typer.echo("\n".join(places.table_lines(places.measured(found, score, answers, seed))))
    typer.echo("\n".join(["", *places.grade_lines(places.graded(found, answers))]))
    if hard is not None:
        scores = places.measured_kinds(hard, found.matcher.index)
        typer.echo("\n".join(["", *places.kind_lines(scores)]))
    typer.echo(
        f"\nleast score {least}; {places.strings_a_second(found):,.0f} strings/s in one process"
    )
    if errors is not None:
        say(f"{places.write_errors(errors, found, answers):,} strings written to {errors}")


matcher.command("train", help=prose(train_command))(train_command)
matcher.command("measure", help=prose(measure_command))(measure_command)
