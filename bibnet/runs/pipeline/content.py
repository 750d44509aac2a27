"""What the report of a run is made of, read back from the files of the run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bibnet.reference import load as reference
from bibnet.report import ReportContent
from bibnet.report.content.works_behind import WorksBehind
from bibnet.runs.pipeline.request import Request
from bibnet.schema import EXHIBITS
from bibnet.schema.ties import EDGE, NODE
from bibnet.schema.units import INVENTED
from bibnet.storage.exhibits import EXHIBITS_FOLDER, read_exhibit
from bibnet.storage.tables import read_table
from bibnet.storage.unfinished import NETWORK_FOLDER

# Beside the exhibits, whose columns leave no room for a mark.
INVENTED_FILE = "INVENTED.txt"


def report_content(
    folder: Path, request: Request, record: Mapping[str, Any], works: WorksBehind
) -> ReportContent:
    """What the report shows; `record` is the manifest, `works` knows the works behind numbers."""
    query = request.query
    return ReportContent(
        question=query.question,
        name=query.name,
        sides=query.sides,
        exhibits={name: read_exhibit(folder, table) for name, table in EXHIBITS.items()},
        nodes=read_table(folder / NETWORK_FOLDER, NODE),
        edges=read_table(folder / NETWORK_FOLDER, EDGE),
        manifest=record,
        notes=record["notes"],
        warnings=record["warnings"],
        invented=request.invented,
        country_names={row["country"]: row["name"] for row in reference.rows("countries")},
        behind=works,
    )


def mark_invented(folder: Path) -> None:
    """Put a file beside the exhibits that says that the data are made up."""
    mark = folder / EXHIBITS_FOLDER / INVENTED_FILE
    mark.write_text(f"{INVENTED}\n", encoding="utf-8")
