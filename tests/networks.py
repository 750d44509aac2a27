"""Networks for tests: a small literal one, and one whose names are as bad as names get."""

import pandas as pd

from bibnet.network.subnetwork.graph import Network

INVENTED = "INVENTED data: nothing here is a finding."
# Markup, both quotes, separators, a formula, another direction, pictures, line breaks, nothing.
HOSTILE_NAMES = (
    "<script>alert('x')</script> & \"quoted\"",
    '=HYPERLINK("x"), a; b\tc\nd',
    "\u202eright to left\u202c \u0639\u0631\u0628\u064a",
    "\x00\x08\x1b[31m\ufffe controls",
    "\U0001f393 清华大学 \u200d Zürich",
    "\u2028   \x0b",
    "back\\slash %s {{ x }} ]]>",
    "x" * 40_000,
    "twice",
    "twice",
)


def nodes(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Nodes from rows (id, label, country, side, works, joint_works, community, closeness)."""
    names = ["id", "label", "country", "side", "works", "joint_works", "community", "closeness"]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("works", "joint_works", "community"):
        frame[name] = frame[name].astype("Int64")
    frame["closeness"] = frame["closeness"].astype("float64")
    middle = {"type": None, "inside": True, "works_fractional": frame["works"] / 4}
    frame = frame.assign(**middle, listed_as=None, listed_categories=None, lists=None)
    order = [
        "id", "label", "country", "side", "type", "inside", "works", "works_fractional",
        "joint_works", "listed_as", "listed_categories", "lists", "closeness", "community",
    ]  # fmt: skip
    return frame[order]


def edges(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Edges from rows (source, target, works, works_fractional, coauthor, dual, joint)."""
    names = [
        "source", "target", "works", "works_fractional", "coauthor_works",
        "dual_affiliation_works", "joint_works",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    whole = [name for name in names[2:] if name != "works_fractional"]
    frame = frame.astype(dict.fromkeys(whole, "int64") | {"works_fractional": "float64"})
    frame.insert(2, "cross_side", value=False)
    return frame


def small_network() -> Network:
    """Three institutions, two ties; C is an isolate on no side, its closeness undefined."""
    return Network(
        "institution",
        nodes(
            ("I1", "Ana", "DE", "europe", 4, 1, 1, 0.5),
            ("I2", "Bo", "CN", "china", 3, 1, 1, 0.25),
            ("I3", "Cy", None, None, 1, 0, 2, None),
            ("I4", "Dee", "DE", "europe", 2, 0, 1, 0.125),
        ),
        edges(("I1", "I2", 2, 0.75, 2, 1, 1), ("I1", "I4", 1_000_000, 0.1, 0, 1, 0)),
        {"title": "How entangled?", "run": "2020-01-01-abc"},
    )


def hostile_network() -> Network:
    """A ring of institutions with hostile names, invented, one of them on lists."""
    count = len(HOSTILE_NAMES)
    rows = [
        (f"I{i}", name, "DE" if i % 2 else None, "a&b" if i % 2 else None, i + 1, i, i + 1, 0.1 * i)
        for i, name in enumerate(HOSTILE_NAMES)
    ]
    ring = sorted(
        (f"I{min(i, (i + 1) % count)}", f"I{max(i, (i + 1) % count)}") for i in range(count)
    )
    ties = [(a, b, i + 1, 1 / (i + 3), 1, 0, 0) for i, (a, b) in enumerate(ring)]
    found = nodes(*rows)
    found.loc[3, ["listed_as", "listed_categories", "lists"]] = ["listed", "civilian_x", "A|B"]
    facts = {"title": 'A "title" <&> \x00\n -- x', "invented": INVENTED}
    return Network("institution", found, edges(*ties), facts)


def empty_network() -> Network:
    """No node and no edge."""
    return Network("institution", nodes(), edges(), {"title": "nothing"})
