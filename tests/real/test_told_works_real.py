"""Every number of works on the pages of a run of 1,223 real works opens as many works."""

import pytest
from told_works import ToldWorks

from bibnet.runs.open import Run

pytestmark = pytest.mark.real


def test_every_number_of_works_on_every_page_opens_as_many_works(real_run: Run) -> None:
    told = ToldWorks(real_run.folder)
    assert told.links() > 8_000
    assert told.faults() == []
