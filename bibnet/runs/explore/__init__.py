"""A run to look into: the works behind its numbers, and the explorer that serves them."""
