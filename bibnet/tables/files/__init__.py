"""Input files: which there are, their compression, what lies beside them."""
