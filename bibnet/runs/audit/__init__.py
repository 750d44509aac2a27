"""Audits of a finished run: who paid, with whom, since when listed, and does a claim hold."""
