"""Titles and abstracts of the invented works."""

from random import Random
from typing import Any

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.chance import Weighted
from bibnet.harvest.sandbox.words import words

ABSTRACT_WORDS = (25, 60)
POSITIONS = tuple([position] for position in range(ABSTRACT_WORDS[1] + 1))  # shared one-item lists
OTHER_LANGUAGES = Weighted(("zh", "es", "de", "fr", "pt", "ru"), (4, 3, 2, 2, 1, 1))


def draw_title(group: str, number: int, chance: Random) -> str | None:
    """A title that says INVENTED and ends in the work's number; null now and then."""
    if chance.random() < rates.NO_TITLE:
        return None
    parts = words()["titles"]
    subject = chance.choice(words()["subjects"][group])
    opening, ending = chance.choice(parts["openings"]), chance.choice(parts["endings"])
    return f"INVENTED {number}: {opening} {subject} {ending}"


def draw_abstract(chance: Random) -> dict[str, list[int]] | None:
    """An abstract as OpenAlex writes it, positions by word; null now and then."""
    if chance.random() < rates.NO_ABSTRACT:
        return None
    low, high = ABSTRACT_WORDS
    text = ["INVENTED", *chance.choices(words()["abstract"]["words"], k=chance.randint(low, high))]
    inverted: dict[str, list[int]] = {}
    for position, word in enumerate(text):
        if word in inverted:
            inverted[word] = [*inverted[word], position]
        else:
            inverted[word] = POSITIONS[position]
    return inverted


def draw_language(chance: Random) -> str | None:
    """Language code: mostly English; null now and then."""
    drawn = chance.random()
    if drawn < rates.NO_LANGUAGE:
        return None
    return OTHER_LANGUAGES.draw(chance) if drawn < rates.NON_ENGLISH else "en"


def draw_goals(chance: Random) -> list[dict[str, Any]]:
    """`sustainable_development_goals` of a work: one, or none."""
    if chance.random() >= rates.GOALS:
        return []
    return [chance.choice(words()["goals"]) | {"score": 0.5}]


def draw_mesh(chance: Random) -> list[dict[str, Any]]:
    """`mesh` of a work: mostly empty."""
    if chance.random() >= rates.MESH:
        return []
    heading = chance.choice(words()["mesh"])
    blank = {"qualifier_ui": None, "qualifier_name": None, "is_major_topic": False}
    return [heading | blank]
