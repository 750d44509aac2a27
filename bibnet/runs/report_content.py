"""What the report of a run is made of, read back from the files of the run."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bibnet import report
from bibnet.reference import load as reference
from bibnet.schema import EXHIBITS
from bibnet.schema.ties import EDGE, NODE
from bibnet.schema.units import INVENTED
from bibnet.storage.exhibits import EXHIBITS_FOLDER, exhibit_path, read_exhibit
from bibnet.storage.tables import read_table
from bibnet.storage.unfinished import NETWORK_FOLDER

if TYPE_CHECKING:
    from bibnet.report.content.report_content import ReportContent
    from bibnet.report.content.works_behind import WorksBehind

# Beside the exhibits, whose columns leave no room for a mark.
INVENTED_FILE = "INVENTED.txt"


def report_content(
    folder: Path, record: Mapping[str, Any], works: "WorksBehind | None"
) -> "ReportContent":
    """What the report shows; `record` is the manifest, `works` knows the works behind numbers.

    Without `works` no number leads to its works; an exhibit that an earlier version did not write
    is empty.
    """
    query = record["query"]
    return report.ReportContent(
        question=query["question"],
        name=query["name"],
        sides={name: tuple(query["sides"][name]) for name in query["side_order"]},
        exhibits={
            name: read_exhibit(folder, table)
            for name, table in EXHIBITS.items()
            if exhibit_path(folder, table).is_file()
        },
        nodes=read_table(folder / NETWORK_FOLDER, NODE),
        edges=read_table(folder / NETWORK_FOLDER, EDGE),
        manifest=record,
        notes=record["notes"],
        warnings=record["warnings"],
        invented=record["invented"],
        country_names={row["country"]: row["name"] for row in reference.rows("countries")},
        behind=works,
    )


def mark_invented(folder: Path) -> None:
    """Put a file beside the exhibits that says that the data are made up."""
    mark = folder / EXHIBITS_FOLDER / INVENTED_FILE
    mark.write_text(f"{INVENTED}\n", encoding="utf-8")
