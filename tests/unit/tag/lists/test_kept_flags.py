"""Flags kept between runs: the same rows, judged anew where anything they depend on is another."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from bibnet.reference.load import PACKAGED
from bibnet.tag.lists import flags_beside, kept_flags
from bibnet.tag.lists.campus import Organisation
from bibnet.tag.lists.defence import INPUT_COLUMNS, Flagged
from bibnet.tag.lists.entry import EntryIndex
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.kept_flags import OF_AN_ORGANISATION, Bodies, flagged
from bibnet.tag.lists.registry_names import RegistryNames


@dataclass(frozen=True)
class Body:
    """An organisation of a registry, as far as flags can depend on it."""

    key: str = "1"
    ror: str = "https://ror.org/01234"
    openalex_id: str = ""
    names: tuple[str, ...] = ("Anhui Agricultural University",)
    acronyms: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    country: str = "CN"
    parents: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


BODY = Body()
TEXTS = (
    "Beihang University, Beijing, China",
    "National University of Defense Technology, Changsha, China",
    "University of Lyon, France",
)


def affiliations(*texts: str) -> pd.DataFrame:
    rows = [dict.fromkeys(INPUT_COLUMNS) | {"text": text, "countries": "CN"} for text in texts]
    return pd.DataFrame(rows, columns=list(INPUT_COLUMNS))


@pytest.fixture(autouse=True)
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An empty cache that keeps the flags of few affiliations too; how many were judged when."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_flags, "FEWEST_KEPT", 1)
    found: list[int] = []
    genuine = flags_beside.flag_affiliations

    def watched(combination: pd.DataFrame, guards: Guards) -> Flagged:
        found.append(len(combination))
        return genuine(combination, guards)

    monkeypatch.setattr(flags_beside, "flag_affiliations", watched)
    return found


def test_the_second_time_the_same_rows_come_from_the_first(judged: list[int]) -> None:
    first, second = (flagged(affiliations(*TEXTS), Bodies([BODY])) for _ in range(2))
    assert judged == [3]
    assert first.flags["combination"].nunique() == 2
    pd.testing.assert_frame_equal(first.flags, second.flags)
    pd.testing.assert_frame_equal(first.held_back, second.held_back)


def test_few_affiliations_are_judged_anew(
    judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_flags, "FEWEST_KEPT", 4)
    kept, anew = (flagged(affiliations(*TEXTS), Bodies([BODY])) for _ in range(2))
    assert judged == [3, 3]
    pd.testing.assert_frame_equal(kept.flags, anew.flags)


def test_what_flags_depend_on_is_in_their_key(
    judged: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = Path(shutil.copytree(PACKAGED, tmp_path / "lists"))
    others = [replace(BODY, country="TW"), replace(BODY, former_names=("Old Name",))]
    flagged(affiliations(*TEXTS), Bodies([BODY], lists))
    flagged(affiliations(*TEXTS[:2]), Bodies([BODY], lists))
    flagged(affiliations(*TEXTS[::-1]), Bodies([BODY], lists))
    for other in others:
        flagged(affiliations(*TEXTS), Bodies([other], lists))
    (lists / "note.txt").write_text("another list")
    flagged(affiliations(*TEXTS), Bodies([BODY], lists))
    monkeypatch.setattr(kept_flags, "package_digest", lambda: "another version")
    flagged(affiliations(*TEXTS), Bodies([BODY], lists))
    assert judged == [3, 2, 3, 3, 3, 3, 3]
    flagged(affiliations(*TEXTS), Bodies([BODY], lists))
    assert len(judged) == 7


def test_what_a_registry_says_of_listed_names_is_looked_up_once(
    judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    genuine = kept_flags.registry_names

    def watched(index: EntryIndex, organisations: Collection[Organisation]) -> RegistryNames:
        looked.append(len(organisations))
        return genuine(index, organisations)

    monkeypatch.setattr(kept_flags, "registry_names", watched)
    for texts in (TEXTS, TEXTS[:2], TEXTS[:1]):
        flagged(affiliations(*texts), Bodies([BODY], registry="one"))
    flagged(affiliations(*TEXTS), Bodies([BODY, replace(BODY, key="2")], registry="another"))
    assert (judged, looked) == ([3, 2, 1, 3], [1, 2])
    anew, kept = (
        flagged(affiliations(*TEXTS), Bodies([BODY], registry=one)) for one in ("", "one")
    )
    pd.testing.assert_frame_equal(anew.flags, kept.flags)


def test_everything_that_an_organisation_says_is_in_the_key() -> None:
    assert set(OF_AN_ORGANISATION) == {name for name in vars(Organisation) if name[0] != "_"}
    assert {"key", "ror", "names", "acronyms", "former_names"} <= set(OF_AN_ORGANISATION)
