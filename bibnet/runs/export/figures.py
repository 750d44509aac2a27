"""The figures of a run as PNG, made from its SVG files when somebody asks for them."""

from pathlib import Path

import vl_convert

from bibnet.report.write import FIGURES_FOLDER
from bibnet.runs.export.place import Say, outside_runs
from bibnet.runs.open import Run
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.disk import whole_file

PNG_SCALE = 3.0  # pixels per px: sharp in print, a figure of one column is 1,350 pixels wide


def export_figures(run: Run, out: Path, say: Say) -> list[Path]:
    """Write a PNG of every figure into the folder `out`; the files in order of their names.

    Raises InputError if the run has no figures, UsageError for a folder inside a run.
    """
    drawn = sorted((run.folder / FIGURES_FOLDER).glob("*.svg"))
    if not drawn:
        where = str(run.folder / FIGURES_FOLDER)
        raise InputError(Fault("the run has no figures", where, "run the query again"))
    outside_runs(out / drawn[0].name)
    paths = []
    for svg in drawn:
        run.reading(f"{FIGURES_FOLDER}/{svg.name}")
        path = out / f"{svg.stem}.png"
        with whole_file(path) as unfinished:
            picture = vl_convert.svg_to_png(svg.read_text(encoding="utf-8"), scale=PNG_SCALE)
            unfinished.write_bytes(picture)
        paths.append(path)
    say(f"{len(paths)} figures, {PNG_SCALE:g} pixels per px")
    return paths
