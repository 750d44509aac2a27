"""Two values that several stages must agree on: the unknown unit and the size of a whole work."""

# Authorships without a country, and affiliations without a unit, count here; never dropped.
UNKNOWN = "unknown"

# Weights are whole numbers of 1/WHOLE work, so that sums do not depend on the order of rows.
# The least common multiple of 1 to 40 is divided without rest by almost any number of authors.
WHOLE = 5_342_931_457_063_200
