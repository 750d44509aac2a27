"""The works of a query's corpus as a frame, for who needs their text: the first two stages."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from bibnet.query import Query
from bibnet.storage.engine import open_engine
from bibnet.storage.progress import silent
from bibnet.storage.unfinished import KEPT_FOLDER, READ_FOLDER, TABLES_FOLDER, UnfinishedRun
from bibnet.tables.stage import keep_corpus, read_source, require_works
from bibnet.tag.ai.stage import apply_rules


def corpus_frame(query: Query, paths: Sequence[Path], columns: Sequence[str]) -> pd.DataFrame:
    """Columns of the table `work`, for the works that count, by year and id.

    Nothing is kept on disk. Raises InputError where no work counts.
    """
    with TemporaryDirectory(prefix="bibnet-corpus-") as name:
        folder = Path(name)
        for part in (READ_FOLDER, KEPT_FOLDER, TABLES_FOLDER):
            (folder / part).mkdir()
        run = UnfinishedRun(folder, open_engine(folder / "spill"), silent)
        try:
            reading = read_source(run, paths)
            newest = reading.newest_updated
            unjudged = apply_rules(run, query, ()).unjudged
            corpus = keep_corpus(run, query, reading, unjudged, newest and newest.date())
            require_works(corpus, reading, paths)
            return run.frame(run.tables["work"].select(*columns).order_by(["year", "work_id"]))
        finally:
            run.engine.close()
