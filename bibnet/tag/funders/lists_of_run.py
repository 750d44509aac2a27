"""The lists of funders and programmes that a run goes by: the packaged ones, or its own."""

from pathlib import Path

import pandas as pd

from bibnet.reference import load
from bibnet.schema.tags import FUNDING_PROGRAMME
from bibnet.tag.funders.known import FunderList

FUNDERS, PROGRAMMES = "funders", "funding_programmes"


def funder_list(folder: Path) -> FunderList:
    """The funders of a folder of lists; the packaged ones where it has none."""
    return FunderList(load.rows(FUNDERS, _home(FUNDERS, folder)))


def programme_rows(folder: Path) -> pd.DataFrame:
    """Rows of FUNDING_PROGRAMME, of a folder of lists; the packaged ones where it has none."""
    rows = load.rows(PROGRAMMES, _home(PROGRAMMES, folder))
    return pd.DataFrame(rows, columns=FUNDING_PROGRAMME.column_names, dtype=object)


def _home(name: str, folder: Path) -> Path:
    return folder if name in load.names(folder) else load.PACKAGED
