"""`bibnet verify`: a finished run is what its manifest says, and its claims hold."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bibnet.runs.checks import check_claims, check_lines
from bibnet.runs.tables import open_tables
from bibnet.storage.engine import open_engine
from bibnet.storage.manifest import read_manifest, verify_files


@dataclass(frozen=True)
class Verified:
    """A run that is what its manifest says: its folder, files compared, claims that hold."""

    folder: str
    files: int
    claims: tuple[str, ...]

    def sentence(self) -> str:
        """What was checked, in one line."""
        return (
            f"{self.folder}: {self.files} files as recorded, counts add up, "
            f"{len(self.claims)} claims hold"
        )


def verify_run(folder: Path) -> Verified:
    """Check a run's files, counts and claims.

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
    return Verified(str(folder), files, tuple(claims))
