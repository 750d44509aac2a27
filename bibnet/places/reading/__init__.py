"""Affiliation strings read against a registry: tokens, whole names, the addresses of each."""
