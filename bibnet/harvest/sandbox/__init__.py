"""An invented corpus and a server on this machine that answers as OpenAlex does.

Nothing in it is a finding: every name is made up and says so. It serves the demonstration, the
tests and the benchmarks; faults come on demand.
"""
