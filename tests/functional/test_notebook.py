"""A run shows itself in Python, and the notebook of three jobs runs from its first cell on."""

import json
import os
from pathlib import Path

import pytest
from build import authorship, institution, work
from runs import run

import bibnet
from bibnet.runs.open import Run

pytestmark = pytest.mark.long
NOTEBOOK = Path(__file__).parents[2] / "queries" / "three_jobs.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    return run(tmp_path_factory.mktemp("run"), joint, work(2, authorship(institution(1))))


def cells(folder: Path) -> dict[str, object]:
    """Carry out every cell of code on a run; the names that they leave."""
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIBNET_RUN", os.fspath(folder))
        for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)  # noqa: S102 - our own notebook
    return names


def test_the_notebook_runs_and_holds_no_output(made: Run) -> None:
    names = cells(made.folder)
    assert names["papers"]["work_id"].tolist() == ["W1"]  # type: ignore[index]
    assert [names["best"][end] for end in ("country_a", "country_b")] == ["CN", "DE"]  # type: ignore[index]
    assert len(names["papers"]) == names["best"]["works"] == 1  # type: ignore[arg-type, index]
    held = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in held)


def test_a_run_shows_what_it_is(made: Run) -> None:
    name = made.manifest["run"]
    assert repr(made).splitlines()[:5] == [
        f"<bibnet run {name}>",
        "query     small",
        "question  How entangled?",
        "sides     europe (2), china (2)",
        "works     2",
    ]
    assert "source    OpenAlex (CC0), 2026-02-01" in repr(made)


def test_the_figures_of_a_run_are_charts(made: Run) -> None:
    drawn = {path.stem for path in (made.folder / "figures").glob("*.svg")}
    assert set(made.figures()) == drawn


def test_texts_of_a_run_are_no_markup_in_a_notebook(made: Run) -> None:
    made.manifest["query"]["question"] = "<script>alert(1)</script>"  # type: ignore[index]
    shown = made._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_version_is_at_hand() -> None:
    assert bibnet.__version__ == "0.1.0"
