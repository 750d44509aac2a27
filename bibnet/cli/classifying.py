"""The command that trains the AI classifier, and measures a trained one."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bibnet.cli.app import app, say
from bibnet.schema.errors import Fault, UsageError
from bibnet.tables.read import read_works
from bibnet.tag.ai.labelled import LabelledWorks, Training, measure_classifier, train_classifier
from bibnet.tag.ai.view import show_record

SEED = 1


@app.command("classifier")
def classifier_command(
    action: Annotated[str, typer.Argument(help="train, or measure a trained one (--model)")],
    positives: Annotated[list[Path], typer.Option(help="works that are AI; may be repeated")],
    negatives: Annotated[list[Path], typer.Option(help="works that are not; may be repeated")],
    out: Annotated[Path | None, typer.Option(help="train: the model's file")] = None,
    model: Annotated[Path | None, typer.Option(help="measure: the model's file")] = None,
    negatives_unless: Annotated[
        list[str] | None,
        typer.Option(help="leave out negatives that this AI rule holds for; may be repeated"),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(min=0.5, max=0.999, help="least precision, if half of the works were AI"),
    ] = None,
    by_group: Annotated[
        bool, typer.Option("--by-group", help="train: also without each venue and field in turn")
    ] = False,
    seed: Annotated[int, typer.Option(help="decides which works are held out")] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="print the record as JSON")] = False,
) -> None:
    """Train the rule ai = ["classifier"] on works you have labelled, with scores on held-out ones.

    It learns what tells your two sets apart, be it subject, style, year or language; read the
    scores with that in mind. Use the model by [works] classifier in a query, or by
    run --classifier. Example: bibnet classifier train --positives conferences.jsonl.gz
    --negatives openalex.jsonl.gz --negatives-unless topics_any --out ai.json
    """
    given = LabelledWorks(positives, negatives, read_works, tuple(negatives_unless or ()))
    if action == "train":
        training = Training(seed, precision, by_group)
        record = train_classifier(given, training, _file(out, "--out", action), say)
    elif action == "measure":
        record = measure_classifier(_file(model, "--model", action), given, seed, say)
    else:
        raise UsageError(
            Fault(f"there is no action {action!r}", "bibnet classifier", "use train or measure")
        )
    _print(record, as_json)


def _file(path: Path | None, option: str, action: str) -> Path:
    if path is None:
        where = f"bibnet classifier {action}"
        raise UsageError(Fault("no file for the model", where, f"add {option} ai.json"))
    return path


def _print(record: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(record, sort_keys=True))
    else:
        show_record(record, Console(soft_wrap=True, highlight=False))
