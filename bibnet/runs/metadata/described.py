"""What the descriptions of a run have in common: its title, its files, its sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibnet.report.about.origin import source_name
from bibnet.report.content.wording import clean
from bibnet.schema.units import INVENTED


@dataclass(frozen=True)
class RunFile:
    """A file of a run: its path in the folder, size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DescribedRun:
    """A run as its descriptions need it: its manifest and its files by path."""

    manifest: Mapping[str, Any]
    files: Mapping[str, RunFile]

    @property
    def name(self) -> str:
        """The run's name: the date of its source and the hash of what went in."""
        return str(self.manifest["run"])

    @property
    def query(self) -> str:
        """Name of the query."""
        return str(self.manifest["query"]["name"])

    @property
    def title(self) -> str:
        """The question in one line, and before it that the data are invented if they are."""
        question = clean(self.manifest["query"]["question"]) or self.query
        return f"{INVENTED} {question}" if self.manifest.get("invented") else question

    @property
    def source(self) -> str:
        """Name of the source of the works, with its licence where it is known."""
        return source_name(self.manifest)

    @property
    def description(self) -> str:
        """What the run is, what it is made from and by what, in two sentences."""
        kept = self.manifest["counts"]["works_kept"]
        dated = f", {self.date}" if self.date else ""
        return (
            f"Run {self.name} of the query {self.query}: tables, network and exhibits of "
            f"{kept:,} works. Works from {self.source}{dated}; "
            f"computed by bibnet {self.version}."
        )

    @property
    def date(self) -> str | None:
        """Date of the source, ISO 8601; None where it is not known."""
        found = self.manifest["source"]["date"]
        return str(found) if found else None

    @property
    def version(self) -> str:
        """Version of bibnet that made the run."""
        return str(self.manifest["versions"]["bibnet"])

    def lists(self) -> Iterator[Mapping[str, Any]]:
        """Cards of the reference lists that lie at an address of the web."""
        for card in self.manifest["references"]:
            if str(card["address"]).startswith("https://"):
                yield card


def described_run(
    folder: Path, manifest: Mapping[str, Any], hashes: Mapping[str, str]
) -> DescribedRun:
    """The run in a folder; `hashes` are the SHA-256 of its files by path."""
    files = {
        path: RunFile(path, (folder / path).stat().st_size, sha256)
        for path, sha256 in sorted(hashes.items())
    }
    return DescribedRun(manifest, files)
