"""The institutions of chosen works as circles: tied to each other, and on a map."""

from bibnet.reference import load as reference
from bibnet.report.content.wording import counted as said
from bibnet.report.content.wording import country_name
from bibnet.report.explorer.explorer_view import Circle, Line, Spot
from bibnet.report.figures.map_ground import SAID
from bibnet.report.gallery.maps import BODY_RING
from bibnet.runs.explore.answers import Answers, Counted
from bibnet.runs.explore.filters import Filters
from bibnet.runs.explore.works_database import Members, WorksDatabase

CIRCLES = 60  # more cannot be named
LINES = 300  # more hide each other
COUNTRIES = {row["country"]: row["name"] for row in reference.rows(reference.COUNTRIES)}


def address_of(filters: Filters) -> str:
    """The address of the page with these filters."""
    return f"/{filters.address}"


def network(
    database: WorksDatabase, answers: Answers, filters: Filters
) -> tuple[list[Circle], list[Line], str]:
    """The institutions with most joint works that have a tie, and the strongest ties of them."""
    counted, tied = answers.members("institution"), answers.ties("institution", CIRCLES)
    ends = list(zip(tied.one[:LINES].tolist(), tied.other[:LINES].tolist(), strict=True))
    inside = {number for pair in ends for number in pair}
    drawn = [at for at, number in enumerate(counted.number[:CIRCLES].tolist()) if number in inside]
    place = {int(counted.number[at]): number for number, at in enumerate(drawn)}
    of = database.members["institution"]
    circles = [_circle(of, filters, counted, at) for at in drawn]
    lines = [
        Line(
            place[one],
            place[other],
            int(tied.works[at]),
            int(tied.joint[at]),
            bool(of.side[one] and of.side[other] and of.side[one] != of.side[other]),
            address_of(filters.with_tie("institution", of.id[one], of.id[other])),
        )
        for at, (one, other) in enumerate(ends)
    ]
    return circles, lines, _network_note(len(counted.number), len(circles), len(tied.works))


def _circle(of: Members, filters: Filters, counted: Counted, at: int) -> Circle:
    number = int(counted.number[at])
    return Circle(
        of.label[number],
        country_name(of.country[number], COUNTRIES),
        of.side[number] or "",
        int(counted.works[at]),
        int(counted.joint[at]),
        address_of(filters.with_member("institution", of.id[number])),
    )


def _network_note(institutions: int, circles: int, ties: int) -> str:
    strongest = f"the {LINES} strongest of {ties:,} ties" if ties > LINES else f"{ties:,} ties"
    return (
        f"Of {institutions:,} institutions the {min(CIRCLES, institutions)} with most joint works "
        f"(then most works), as far as they are tied to each other: {circles} circles, "
        f"{strongest}. Circle area: works; line width: works in common. Distance has no unit."
    )


def on_map(database: WorksDatabase, answers: Answers, filters: Filters) -> tuple[list[Spot], str]:
    """The institutions with most joint works that have coordinates, and what the map shows."""
    counted = answers.members("institution")
    of = database.members["institution"]
    spots = [
        Spot(_circle(of, filters, counted, at), *place, ringed=of.id[number] in database.listed)
        for at, number in enumerate(counted.number[:CIRCLES].tolist())
        if (place := database.coordinates.get(of.id[number]))
    ]
    ring = BODY_RING if any(spot.ringed for spot in spots) else ""
    return spots, _map_note(len(counted.number), len(spots), ring)


def _map_note(institutions: int, spots: int, ring: str) -> str:
    shown = min(CIRCLES, institutions)
    missing = shown - spots
    verb = "has" if missing == 1 else "have"
    unplaced = f" {said(missing, 'of them', 'of them')} {verb} no coordinates." if missing else ""
    return (
        f"Of {institutions:,} institutions the {shown} with most joint works (then most works)."
        f"{unplaced} Circle area: works; grey: in no side. Those of one city stand beside "
        f"each other.{ring} {SAID}"
    )
