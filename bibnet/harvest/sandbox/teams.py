"""Who writes a work: how many authors, from which institutions."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.chance import Weighted
from bibnet.harvest.sandbox.institutions import Body
from bibnet.harvest.sandbox.words import table

USUAL_SIZES = Weighted(
    range(1, len(rates.AUTHOR_COUNT_WEIGHTS) + 1), [float(n) for n in rates.AUTHOR_COUNT_WEIGHTS]
)
HUGE_TEAM_BODIES = 25
LARGE_TEAM_BODIES = 6


@dataclass(frozen=True)
class Bodies:
    """Institutions to draw from: a country by its weight, then one of its institutions."""

    countries: Weighted[str]
    by_country: dict[str, Weighted[Body]]

    def draw(self, chance: Random) -> Body:
        """An institution of any country."""
        return self.by_country[self.countries.draw(chance)].draw(chance)


def group_bodies(bodies: Sequence[Body]) -> Bodies:
    """Institutions ready to be drawn, larger ones more often."""
    by_country: dict[str, list[Body]] = {}
    for body in bodies:
        by_country.setdefault(body.country, []).append(body)
    weights = {row["country"]: float(row["weight"]) for row in table("countries")}
    return Bodies(
        Weighted(by_country, [weights[code] for code in by_country]),
        {code: Weighted(found, [b.weight for b in found]) for code, found in by_country.items()},
    )


def author_count(index: int, chance: Random) -> int:
    """Number of authors of work `index`; the first works of a corpus have more than 100."""
    drawn = chance.random()
    if index < rates.FIRST_HUGE_TEAMS or drawn < rates.HUGE_TEAM:
        return chance.randint(*rates.HUGE_TEAM_SIZES)
    if drawn < rates.HUGE_TEAM + rates.LARGE_TEAM:
        return chance.randint(*rates.LARGE_TEAM_SIZES)
    if drawn > 1 - rates.NO_AUTHORS:
        return 0
    return USUAL_SIZES.draw(chance)


def draw_team(authors: int, bodies: Bodies, chance: Random) -> list[Body]:
    """Institutions of a work with so many authors, the leading one first; at most one for each."""
    lead = bodies.draw(chance)
    drawn = chance.random()
    if authors > rates.LARGE_TEAM_SIZES[0]:
        extra = HUGE_TEAM_BODIES if authors > 100 else LARGE_TEAM_BODIES
        return [lead, *(bodies.draw(chance) for _ in range(extra))]
    if authors < 2 or drawn < rates.ONE_INSTITUTION:
        return [lead]
    others = min(authors - 1, 1 + int(chance.random() * 3))
    one_country = drawn < rates.ONE_INSTITUTION + rates.ONE_COUNTRY
    draw = bodies.by_country[lead.country].draw if one_country else bodies.draw
    return [lead, *(draw(chance) for _ in range(others))]
