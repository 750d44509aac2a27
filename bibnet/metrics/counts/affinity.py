"""How close two units are, by the ties of both: Salton, Jaccard, relative intensity.

With c works of the pair, s a unit's links (sum of c over its partners) and T all links of the
table, all full counts:

- Salton c / sqrt(s_a s_b); Jaccard c / (s_a + s_b - c).
- Relative intensity of collaboration RIC(x, y) = (c / s_x) / ((s_y - c) / (T - s_x)): the share of
  y in the links of x over the share of y in the links without x. It is not symmetric: ric_ab reads
  "b among the links of a" (Fuchs, Sivertsen, Rousseau 2021, Scientometrics 126:8673, doi
  10.1007/s11192-021-04110-x; as quoted with formula by Rousseau, Zhang, Sivertsen 2023,
  Scientometrics 128:609). The links of y with x are not in the denominator, so that more work in
  common always raises the index.
- Its 95 % interval is that of a ratio of two shares in the table [c, s_x - c; s_y - c, rest]:
  exp(ln RIC +- 1.96 sqrt(1/c - 1/s_x + 1/(s_y - c) - 1/(T - s_x))) (Fuchs, Smolinsky, Rousseau
  2022, Journal of Data and Information Science 7(4), doi 10.2478/jdis-2022-0021). It takes
  links as independent draws, which several pairs of one work are not: `intensity_intervals` has the
  interval of resampled works.

RIC is empty where y has no link but with x (the denominator is 0) or every link is one of x.
"""

import ibis
import ibis.expr.types as ir


def with_affinities(pairs: ir.Table) -> ir.Table:
    """Add salton, jaccard and both RIC to pairs that have works, links_a, links_b, all_ties."""
    works, one, other = (_real(pairs[name]) for name in ("works", "links_a", "links_b"))
    every = _real(pairs.all_ties)
    return pairs.mutate(
        salton=works / (one * other).sqrt(),
        jaccard=works / (one + other - works),
        **_intensity("ric_ab", works, one, other, every),
        **_intensity("ric_ba", works, other, one, every),
    )


def _intensity(
    name: str,
    works: ir.FloatingValue,
    own: ir.FloatingValue,
    partner: ir.FloatingValue,
    every: ir.FloatingValue,
) -> dict[str, ir.FloatingValue]:
    nothing = ibis.literal(0).cast("float64")
    elsewhere, rest = (partner - works).nullif(nothing), (every - own).nullif(nothing)
    ratio = (works / own) / (elsewhere / rest)
    spread = (1 / works - 1 / own + 1 / elsewhere - 1 / rest).sqrt()
    # No float literal: Spark would take 1.96 for a decimal.
    reach = spread * (ibis.literal(196).cast("float64") / 100)
    return {
        name: ratio,
        f"{name}_low": (ratio.ln() - reach).exp(),
        f"{name}_high": (ratio.ln() + reach).exp(),
    }


def _real(value: ir.NumericValue) -> ir.FloatingValue:
    return value.cast("float64")
