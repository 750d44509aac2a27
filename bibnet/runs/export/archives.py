"""A run as one archive: a data package of its tables, or the whole run as a research object."""

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

from bibnet.runs.export.place import Say, ending_in, outside_runs
from bibnet.runs.metadata.crate import CRATE_FILE
from bibnet.runs.metadata.write import PACKAGE_FILE
from bibnet.runs.open import Run
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.disk import whole_file
from bibnet.storage.manifest import MANIFEST, verify_files

# The earliest day that a zip archive can give a file: no clock time stands in what is written.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16  # for anybody, as the archive's field for Unix has it
COMPRESSED = (".parquet", ".xlsx", ".zip")  # to compress them again only takes time


def export_package(run: Run, out: Path, say: Say) -> list[Path]:
    """Write `datapackage.json` and what it describes into one zip archive.

    Raises InputError if the run has none, CheckError if a file is not as the manifest says.
    """
    described = run.folder / PACKAGE_FILE
    _present(described)
    resources = json.loads(described.read_text(encoding="utf-8"))["resources"]
    return _archived(run, out, [PACKAGE_FILE, *(one["path"] for one in resources)], say)


def export_crate(run: Run, out: Path, say: Say) -> list[Path]:
    """Write the whole run into one zip archive, a research object by its own metadata.

    Raises InputError if the run has none, CheckError if a file is not as the manifest says.
    """
    _present(run.folder / CRATE_FILE)
    return _archived(run, out, [MANIFEST, *run.manifest["files"]], say)


def _present(path: Path) -> None:
    if not path.is_file():
        what = "the run was made by an earlier version of bibnet, which did not describe it"
        raise InputError(Fault(what, str(path), "run the query again"))


def _archived(run: Run, out: Path, names: Iterable[str], say: Say) -> list[Path]:
    verify_files(run.folder, run.manifest)
    path = ending_in(out, run.folder.name, ".zip")
    outside_runs(path)
    wanted = sorted(names)
    with whole_file(path) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
        for name in wanted:
            _add(archive, run.folder, name)
    say(f"{len(wanted)} files")
    return [path]


def _add(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.external_attr = READABLE
    is_packed = name.endswith(COMPRESSED)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    with (folder / name).open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(1 << 20):
            target.write(chunk)
