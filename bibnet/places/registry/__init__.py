"""Organisations of a registry: read, named, indexed, kept on disk."""
