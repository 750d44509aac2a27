"""The command that trains the AI classifier, and measures a trained one."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bibnet import tables, tag
from bibnet.cli.app import AsJson, number_within, say
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.terminal import result_console

SEED = 1


def classifier_command(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="train, or measure a trained one (--model)")
    ],
    positives: Annotated[
        list[Path], typer.Option(metavar="<path>", help="works that are AI; may be repeated")
    ],
    negatives: Annotated[
        list[Path], typer.Option(metavar="<path>", help="works that are not; may be repeated")
    ],
    out: Annotated[Path | None, typer.Option(help="train: the model's file")] = None,
    model: Annotated[Path | None, typer.Option(help="measure: the model's file")] = None,
    negatives_unless: Annotated[
        list[str] | None,
        typer.Option(
            metavar="<rule>",
            help="leave out negatives that this AI rule holds for; may be repeated",
        ),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            parser=number_within(0.5, 0.999, float),
            metavar="<share>",
            help="least precision if half of the works were AI, .5 to .999",
        ),
    ] = None,
    by_group: Annotated[
        bool, typer.Option("--by-group", help="train: also without each venue and field in turn")
    ] = False,
    seed: Annotated[int, typer.Option(help="decides which works are held out")] = SEED,
    as_json: AsJson = False,
) -> None:
    """Train the rule ai = ["classifier"] on works you have labelled, with scores on held-out ones.

    It learns what tells your two sets apart, be it subject, style, year or language; read the
    scores with that in mind. Use the model by [works] classifier in a query, or by
    run --classifier. Example: bibnet classifier train --positives conferences.jsonl.gz
    --negatives openalex.jsonl.gz --negatives-unless topics_any --out ai.json
    """
    unless = tuple(negatives_unless or ())
    given = tag.LabelledWorks(positives, negatives, tables.read_works, unless)
    if action == "train":
        training = tag.Training(seed, precision, by_group)
        record = tag.train_classifier(given, training, _file(out, "--out", action), say)
    elif action == "measure":
        record = tag.measure_classifier(_file(model, "--model", action), given, seed, say)
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
        tag.show_record(record, result_console())
