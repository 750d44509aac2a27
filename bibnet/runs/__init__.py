"""Runs: made, opened, compared, checked, exported."""
