"""A run as files for other programs, written beside runs, never into one."""

from bibnet.runs.export.place import outside_runs

__all__ = ["outside_runs"]
