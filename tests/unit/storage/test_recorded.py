"""Files of a finished folder that have changed are warned of when they are read, once each."""

import hashlib
import warnings
from pathlib import Path

import pytest

from bibnet.schema.errors import ChangedFileWarning
from bibnet.storage.recorded import RecordedFiles

AS_MADE = {"files": {"a/years.csv": hashlib.sha256(b"year\n2020\n").hexdigest()}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a" / "years.csv"
    path.parent.mkdir()
    path.write_bytes(b"year\n2020\n")
    return path


def test_a_file_as_made_is_read_in_silence(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert RecordedFiles(file.parents[1], AS_MADE).reading(file) == file


def test_a_changed_file_is_named_once(file: Path) -> None:
    recorded = RecordedFiles(file.parents[1], AS_MADE)
    file.write_bytes(b"year\n2021\n")
    with pytest.warns(ChangedFileWarning, match="years.csv has changed since the run was made"):
        recorded.reading(file)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        recorded.reading(file)


def test_files_that_the_manifest_lacks_or_the_disk_are_left_to_the_reader(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        RecordedFiles(file.parents[1], {}).reading(file)
        file.unlink()
        RecordedFiles(file.parents[1], AS_MADE).reading(file)
