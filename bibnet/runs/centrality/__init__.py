"""`bibnet centrality RUN`: the report of a country, or the ranking of a level."""
