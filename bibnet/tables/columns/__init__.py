"""Many works at once to the rows of the source tables, column by column.

What is not as the source usually writes it is left to `rows`, work by work: the rules are there.
"""
