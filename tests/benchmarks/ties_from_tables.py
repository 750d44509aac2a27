"""Ties of institutions and their network from the tables of a finished run, as files.

    python tests/benchmarks/ties_from_tables.py WORKS [RUN]

Without RUN one over invented works is made, once, and kept beside them in the user's cache folder.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from bibnet.network.counting import edges
from bibnet.network.ties import ties
from bibnet.schema.places import INSTITUTION
from bibnet.schema.source import WORK
from bibnet.schema.ties import EDGE, INSTITUTION_MEMBERSHIP, INSTITUTION_TIE, WORK_SCOPE
from bibnet.storage.engine import open_engine
from bibnet.storage.unfinished import NETWORK_FOLDER, TABLES_FOLDER, UnfinishedRun


def main() -> None:
    run = Path(sys.argv[2]) if len(sys.argv) > 2 else finished_run(int(sys.argv[1]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / NETWORK_FOLDER).mkdir()
        engine = open_engine(folder / "spill")
        made = UnfinishedRun(folder, engine, print)
        for table in (WORK, INSTITUTION, WORK_SCOPE, INSTITUTION_MEMBERSHIP):
            made.tables[table.name] = engine.read(run / TABLES_FOLDER, table)
        rows = ties(made.tables["institution_membership"])
        made.write(rows, INSTITUTION_TIE, NETWORK_FOLDER)
        made.write(edges(made.tables), EDGE, NETWORK_FOLDER)
        engine.close()


def finished_run(number: int) -> Path:
    """The folder of a run over invented works, made if it is not there."""
    from corpora import invented_works, query_file  # noqa: PLC0415 - not where a run is given

    home = invented_works(number).parent / f"run-{number}"
    home.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(home.glob("outputs/speed/*/manifest.json"))):
        query = query_file(home, "speed")
        command = [sys.executable, "-m", "bibnet", "run", str(query), "--works"]
        subprocess.run([*command, str(invented_works(number))], cwd=home, check=True)
        found = sorted(home.glob("outputs/speed/*/manifest.json"))
    return found[0].parent


if __name__ == "__main__":
    main()
