"""A run described for other tools: as a data package, as a citation, as a research object."""

from bibnet.runs.metadata.write import write_metadata

__all__ = ["write_metadata"]
