"""Published figures on who takes part and who pays: institutions, lists, companies, funders."""

from bibnet.metrics.citations.groups import citations_incidence
from bibnet.metrics.counts import companies, programmes
from bibnet.metrics.counts.listed import standing_flags
from bibnet.reference import load
from bibnet.runs.audit.figure_period import Arguments, Period, Value, percent
from bibnet.storage.texts import parts


def institutions_over(period: Period, given: Arguments) -> Value:
    """Institutions whose joint works or links are within bounds, of a side or country."""
    rows = period.institutions
    chosen = rows[rows[given["measure"]] >= int(given["least"])]
    if "most" in given:
        chosen = chosen[chosen[given["measure"]] <= int(given["most"])]
    for name in ("side", "country"):
        if name in given:
            chosen = chosen[chosen[name] == given[name]]
    return len(chosen[chosen["country"] != given.get("but")])


def institution_joint(period: Period, given: Arguments) -> Value:
    """Joint works of an institution, by ROR id."""
    rows = period.institutions
    own = rows.loc[rows["ror"] == given["ror"], "joint_works"]
    return int(own.sum()) if len(own) else None


def institution_order(period: Period, given: Arguments) -> Value:
    """The institutions of a country with most joint works, in order."""
    rows = period.institutions
    own = rows[(rows["country"] == given["country"]) & (rows["joint_works"] > 0)]
    ordered = own.sort_values(["joint_works", "institution_id"], ascending=[False, True])
    return " > ".join(ordered["institution"].head(int(given["first"])).fillna("")) or None


def ties_in_top(period: Period, given: Arguments) -> Value:
    """Of the strongest ties of a country with a side, those of one institution."""
    rows = period.joint_pairs
    here = (rows["country_a"] == given["country"]) & (rows["side_b"] == given["side"])
    there = (rows["country_b"] == given["country"]) & (rows["side_a"] == given["side"])
    keys = ["joint_works", "institution_a", "institution_b"]
    top = rows[here | there].sort_values(keys, ascending=[False, True, True])
    known = period.institutions
    own = set(known.loc[known["ror"] == given["ror"], "institution_id"])
    ends = top.head(int(given["first"]))[["institution_a", "institution_b"]]
    return int(ends.isin(own).any(axis=1).sum()) if own else None


def citation_order(period: Period, given: Arguments) -> Value:
    """Whether the first group is cited less or more on average than the second."""
    rows = period.frame(citations_incidence(period.tables).rows)
    mean = rows.groupby("group")["citations"].mean()
    first, second = (mean.get(given[name]) for name in ("first", "second"))
    if first is None or second is None or first == second:
        return None
    return "lower" if first < second else "higher"


def joint_disclosed(period: Period, _: Arguments) -> Value:
    """Joint works that disclose a funder / joint works, in per cent."""
    scope = period.tables["work_scope"]
    disclosed = scope.filter(scope.joint & scope.is_disclosed)
    return percent(period.number(disclosed), period.number(period.joint))


def joint_funded(period: Period, given: Arguments) -> Value:
    """Joint works with a funder of a country (and group) / joint works that disclose one."""
    funding, scope = period.tables["funding"], period.tables["work_scope"]
    paid = funding.filter(funding.funder_country == given["country"])
    if "group" in given:
        groups = load.rows("funder_type_groups")
        types = [row["type"] for row in groups if row["group"] == given["group"]]
        paid = paid.filter(paid.funder_type.isin(types))
    works = paid.select("work_key").distinct().semi_join(period.joint, "work_key")
    disclosed = scope.filter(scope.joint & scope.is_disclosed)
    return percent(period.number(works), period.number(disclosed))


def programme_joint(period: Period, given: Arguments) -> Value:
    """Joint works of a programme."""
    rows = programmes.programmes_incidence(period.tables).rows
    own = rows.filter(rows.programme_id == given["programme"])
    return period.number(own.semi_join(period.joint, "work_key"))


def listed_joint(period: Period, given: Arguments) -> Value:
    """Joint works with a body of one of the kinds, or that a list names."""
    flags = standing_flags(period.tables)
    named = parts(flags.lists, "|").contains(given["list"])
    own = flags.filter(flags.kind.isin(given["kinds"].split(",")) | named)
    return period.number(own.select("work_key").distinct().semi_join(period.joint, "work_key"))


def listed_joint_share(period: Period, given: Arguments) -> Value:
    """The same / joint works, in per cent."""
    found = listed_joint(period, given)
    return percent(float(found or 0), period.number(period.joint))


def listed_categories(period: Period, given: Arguments) -> Value:
    """Listed bodies of some categories that take part."""
    flags = standing_flags(period.tables)
    own = flags.filter(flags.category.isin(given["categories"].split(",")))
    return period.number(own.select("entry_id").distinct())


def company_joint(period: Period, given: Arguments) -> Value:
    """Joint works with a company, of a side, or of a name."""
    rows = companies.companies_incidence(period.tables).rows
    if "side" in given:
        codes = [code for code, side in period.side_of.items() if side == given["side"]]
        rows = rows.filter(rows.country.isin(codes))
    if "name" in given:
        rows = rows.filter(rows.institution.contains(given["name"]))
    sides = rows.filter(rows.country.isin(sorted(period.side_of)))
    return period.number(sides.select("work_key").distinct().semi_join(period.joint, "work_key"))
