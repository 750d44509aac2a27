"""Values that stages must agree on: the unknown unit, a whole work, the mark of inventions."""

# Authorships without a country, and affiliations without a unit, count here; never dropped.
UNKNOWN = "unknown"

# Weights are whole numbers of 1/WHOLE work, so that sums do not depend on the order of rows.
# The least common multiple of 1 to 40 is divided without rest by almost any number of authors.
WHOLE = 5_342_931_457_063_200

# What stands on every page and in every file of invented data.
INVENTED = "INVENTED data: nothing here is a finding."
