"""Findings: sentences computed from the numbers of the run."""
