"""Published figures on how many works: joint works, shares, pairs of countries, places, titles."""

import ibis
import pandas as pd

from bibnet.metrics.counts import hubs
from bibnet.runs.audit.figure_period import Arguments, Period, Value, percent, ratio

TITLE = "title"


def joint_works(period: Period, _: Arguments) -> Value:
    """Joint works."""
    return period.number(period.joint)


def share_of_joint(period: Period, given: Arguments) -> Value:
    """Joint works of a country / all joint works, in per cent."""
    return percent(_joint_of(period, given["country"]), period.number(period.joint))


def partner_order(period: Period, given: Arguments) -> Value:
    """The countries of a side with most joint works, in order."""
    rows = period.countries
    own = rows[(rows["side"] == given["side"]) & (rows["joint_works"] > 0)].reset_index()
    ordered = own.sort_values(["joint_works", "country"], ascending=[False, True])
    return ">".join(ordered["country"].head(int(given["first"]))) or None


def joint_growth(period: Period, _: Arguments) -> Value:
    """Joint works of the last year / of the first."""
    first, last = (period.by_year(year) for year in (period.years[0], period.years[-1]))
    return ratio(last.number(last.joint), first.number(first.joint))


def side_share(period: Period, given: Arguments) -> Value:
    """Joint works / works of a side, in per cent."""
    side = period.tables["work_side"]
    works = period.number(side.filter(side.side == given["side"]))
    return percent(period.number(period.joint), works)


def share_of_side(period: Period, given: Arguments) -> Value:
    """Works of a country / works of its side, in per cent."""
    side = period.tables["work_side"]
    works = period.number(side.filter(side.side == given["side"]))
    return percent(_works_of(period, given["country"]), works)


def country_share(period: Period, given: Arguments) -> Value:
    """Joint works / works of a country, in per cent."""
    code = given["country"]
    return percent(_joint_of(period, code), _works_of(period, code))


def pair_share_of_side(period: Period, given: Arguments) -> Value:
    """Joint works of a country / works of the other side, in per cent."""
    side = period.tables["work_side"]
    works = period.number(side.filter(side.side == given["side"]))
    return percent(_joint_of(period, given["country"]), works)


def subject_order(period: Period, given: Arguments) -> Value:
    """The subfields of most joint works, in order."""
    topic = period.tables["topic"]
    rows = topic.filter((topic.topic_seq == 0) & topic.subfield.notnull())
    rows = rows.semi_join(period.joint, "work_key")
    counted = period.frame(rows.group_by("subfield").aggregate(works=rows.count()))
    ordered = counted.sort_values(["works", "subfield"], ascending=[False, True])
    return "; ".join(ordered["subfield"].head(int(given["first"]))) or None


def pair_works(period: Period, given: Arguments) -> Value:
    """Works that two countries have in common."""
    return period.works_of_pair(given["a"], given["b"])


def pair_share(period: Period, given: Arguments) -> Value:
    """Works of a pair / works of the first country, in per cent."""
    return percent(period.works_of_pair(given["a"], given["b"]), _works_of(period, given["a"]))


def pair_growth(period: Period, given: Arguments) -> Value:
    """Works of a pair in the last year / in the first."""
    first, last = (period.by_year(year) for year in (period.years[0], period.years[-1]))
    ends = given["a"], given["b"]
    return ratio(last.works_of_pair(*ends), first.works_of_pair(*ends))


def pair_ratio(period: Period, given: Arguments) -> Value:
    """Works of a pair / works of another."""
    first = period.works_of_pair(given["a"], given["b"])
    return ratio(first, period.works_of_pair(given["c"], given["d"]))


def pair_peak(period: Period, given: Arguments) -> Value:
    """The year with most works of a pair."""
    tie, scope = (
        period.tables["country_tie"],
        period.tables["work_scope"].select("work_key", "year"),
    )
    one, other = sorted((given["a"], given["b"]))
    rows = tie.filter((tie.unit_a == one) & (tie.unit_b == other)).inner_join(scope, "work_key")
    counted = period.frame(rows.group_by("year").aggregate(works=rows.count()))
    ordered = counted.sort_values(["works", "year"], ascending=[False, True])
    return float(ordered["year"].iloc[0]) if len(ordered) else None


def international_share(period: Period, given: Arguments) -> Value:
    """Works of a country with another country / its works, in per cent."""
    member = period.tables["country_membership"]
    known = member.filter(member.unit != "unknown").select("work_key", "unit").distinct()
    own = known.filter(known.unit == given["country"]).select("work_key")
    abroad = known.filter(known.unit != given["country"]).select("work_key").distinct()
    return percent(period.number(own.semi_join(abroad, "work_key")), period.number(own))


def top_partner(period: Period, given: Arguments) -> Value:
    """The country that is the first partner of all the countries named; None if they differ."""
    tie = period.tables["country_tie"].select("unit_a", "unit_b")
    counted = period.frame(tie.group_by(["unit_a", "unit_b"]).aggregate(works=tie.count()))
    first = set()
    for code in given["countries"].split(","):
        own = counted[(counted["unit_a"] == code) | (counted["unit_b"] == code)]
        if own.empty:
            return None
        row = own.sort_values(["works", "unit_a", "unit_b"], ascending=[False, True, True]).iloc[0]
        first.add(row["unit_b"] if row["unit_a"] == code else row["unit_a"])
    return ", ".join(sorted(first))


def hub_share(period: Period, given: Arguments) -> Value:
    """Works in clusters of provinces / works of China that have a province, in per cent."""
    rows = hubs.hubs_incidence(period.tables).rows
    names = given["clusters"].split(",")
    inside = rows.filter((rows.unit == hubs.CLUSTER) & rows.cluster.isin(names))
    placed = rows.filter(
        (rows.unit == hubs.PROVINCE) & (rows.country == "CN") & rows.province.notnull()
    )
    whole = placed.select("work_key").distinct().union(inside.select("work_key"), distinct=True)
    return percent(period.number(inside.select("work_key").distinct()), period.number(whole))


def title_trend(period: Period, given: Arguments) -> Value:
    """Whether titles with the words of a family rise from the first half of the years on."""
    counted = _titles_by_year(period, given["family"])
    if len(counted) < 2:
        return None
    middle = len(counted) // 2
    first, last = counted.iloc[:middle].mean(), counted.iloc[middle:].mean()
    return "rising" if last > first else "falling" if last < first else "level"


def title_trend_from(period: Period, given: Arguments) -> Value:
    """The first year from which more titles are found than in any year before; None if none."""
    counted = _titles_by_year(period, given["family"])
    higher = [year for year in counted.index if counted[year] > counted[counted.index < year].max()]
    return float(higher[0]) if higher else None


def _titles_by_year(period: Period, family: str) -> pd.Series:
    hits = period.tables["keyword_hit"]
    own = hits.filter((hits.family == family) & (hits.field == TITLE)).select("work_key").distinct()
    scope = period.tables["work_scope"].select("work_key", "year")
    flagged = scope.left_join(own.mutate(hit=ibis.literal(1)), "work_key")
    counted = flagged.group_by("year").aggregate(works=flagged.hit.fill_null(0).sum())
    return period.frame(counted.order_by("year")).set_index("year")["works"]


def _works_of(period: Period, country: str) -> float:
    rows = period.countries
    return float(rows["works"].get(country, 0))


def _joint_of(period: Period, country: str) -> float:
    return float(period.countries["joint_works"].get(country, 0))
