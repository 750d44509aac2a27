"""One work to the rows of the source tables."""
