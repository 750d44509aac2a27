"""The change between two runs as figures: the parts of works and of joint works."""

from collections.abc import Sequence
from pathlib import Path

from bibnet.report.about.origin import source_line
from bibnet.report.content.wording import clean, count, sentence_case
from bibnet.report.figures.drawing import Drawing
from bibnet.report.figures.figure import Figure
from bibnet.report.figures.steps import Step, step_figure
from bibnet.report.figures.svg import file_svg
from bibnet.runs.compare.comparison import Comparison
from bibnet.runs.compare.parts import Part
from bibnet.schema.change import ALL_PARTS, PARTS

FOLDER = "figures"
# Numbers of all works that are drawn, and what they count.
DRAWN = {"works": "works of the corpus", "joint_works": "works with a country of every side"}
OF_ALL = "all"


def write_change_figures(comparison: Comparison, folder: Path) -> list[Path]:
    """Write figures/change_NUMBER.svg for the numbers that changed; the files, none if none did."""
    figures = change_figures(comparison)
    drawn = Drawing(figures).drawn() if figures else {}
    new = comparison.manifests[1]
    source = source_line(new, new["query"]["name"])
    paths = []
    for figure in figures:
        path = folder / FOLDER / f"{figure.id}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        invented = any(manifest.get("invented") for manifest in comparison.manifests)
        text = file_svg(figure, drawn[figure.id], source, invented=invented)
        path.write_bytes(text.encode("utf-8"))
        paths.append(path)
    return paths


def change_figures(comparison: Comparison) -> list[Figure]:
    """The figures of DRAWN, each with the parts that are not zero."""
    runs = " to ".join(clean(manifest["run"]) for manifest in comparison.manifests)
    figures = []
    for number, meaning in DRAWN.items():
        name = sentence_case(number.replace("_", " "))
        own = [p for p in comparison.parts if (p.number, p.side) == (number, OF_ALL)]
        whole = next((one for one in own if one.part == ALL_PARTS), None)
        moved = [one for one in own if _moved(one)]
        steps = [Step(one.part.replace("_", " "), _moved(one)) for one in moved]
        if whole and whole.old is not None and whole.new is not None and steps:
            figures.append(
                step_figure(
                    steps,
                    id=f"change_{number}",
                    title=f"{name}: {count(int(whole.old))} then, {count(int(whole.new))} now",
                    subtitle=f"Parts of the change from run {runs}. {name}: {meaning}. "
                    f"The parts add up to the change. {_meanings(moved)}",
                )
            )
    return figures


def _meanings(parts: Sequence[Part]) -> str:
    """What each part that is drawn means: Added late: published by the old source's date ..."""
    names = [one.part for one in parts]
    said = [f"{sentence_case(name.replace('_', ' '))}: {PARTS[name]}." for name in names]
    return " ".join(said)


def _moved(part: Part) -> int:
    """By how many works a part moves its number; 0 for the number itself."""
    return 0 if part.part == ALL_PARTS else int(part.change or 0)
