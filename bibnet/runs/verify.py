"""`bibnet verify`: a finished run is what its manifest says, and its claims hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bibnet.runs.checks import check_claims, check_lines
from bibnet.runs.tables import open_tables
from bibnet.storage.engine import open_engine
from bibnet.storage.manifest import read_manifest, verify_files


def verify_run(folder: Path) -> str:
    """Check a run's files, counts and claims; one line that says what was checked.

    Raises InputError if the folder is not a run, CheckError with everything that is wrong.
    """
    manifest = read_manifest(folder)
    files = verify_files(folder, manifest)
    check_lines(manifest["counts"])
    with TemporaryDirectory() as spill:
        engine = open_engine(Path(spill))
        try:
            tables = open_tables(engine, folder, manifest["query"]["sides"])
            claims = check_claims(engine, tables)
        finally:
            engine.close()
    return f"{folder}: {files} files as recorded, counts add up, {len(claims)} claims hold"
