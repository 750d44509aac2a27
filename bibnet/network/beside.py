"""The centrality of a network measured by another process, while this one goes on counting.

The frames go out as Arrow streams and come back so; the numbers are the same wherever they are
made. Without a second processor, of a small network, or where the process is gone, they are made
here. What was measured is kept between runs by the hash of all that was asked and the state of
bibnet: other sides of the same works ask the same.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa

from bibnet.network.centrality import Centrality, centrality
from bibnet.network.measures.communities import Partition
from bibnet.network.measures.resampling import TieWorks
from bibnet.storage.arrow import from_stream, to_stream
from bibnet.storage.cache import keep, kept
from bibnet.storage.package import package_digest
from bibnet.storage.processes import Helper, processors, serve

SERVE = "from bibnet.network.beside import serve_centrality; serve_centrality()"
# The measures of so many ties take one to three seconds, the start of a process less than one.
FEWEST_TIES = 10_000
# The least recently used go first; one of 30,000 institutions takes 5 MB.
KEPT, MOST_KEPT = "centrality", 8
# All that the measures know of an institution; its side is not among it.
OF_AN_INSTITUTION = ["institution_id", "institution", "country"]


@dataclass(frozen=True, eq=False)
class Asked:
    """What `centrality` is asked: see there."""

    institutions: pd.DataFrame
    edges: pd.DataFrame
    ties: TieWorks
    seed: int
    min_works: int | None

    def answer(self) -> Centrality:
        """The centrality, measured in this process."""
        return centrality(
            self.institutions,
            self.edges,
            seed=self.seed,
            min_works=self.min_works,
            ties=self.ties,
        )


class _Request(msgspec.Struct):
    institutions: bytes
    edges: bytes
    ties: bytes
    seed: int
    min_works: int | None


class _Answer(msgspec.Struct):
    rows: bytes
    community: list[int]
    partition: dict[str, float]
    counts: dict[str, int]
    path_min_works: int
    largest_component: float


class CentralityBeside:
    """One question, `asked` at once and answered when it is wanted; to be closed."""

    def __init__(self, asked: Asked, fewest_ties: int = FEWEST_TIES) -> None:
        self.asked = asked
        self._helper: Helper | None = None
        self._key = ""
        self._known: _Answer | None = None
        if len(asked.edges) >= fewest_ties:
            self._look_or_ask(_packed(asked))

    def _look_or_ask(self, request: bytes) -> None:
        self._key = f"{package_digest()} {hashlib.sha256(request).hexdigest()}"
        self._known = kept(KEPT, self._key, _Answer)
        if self._known is None and processors() > 1:
            helper = Helper(SERVE)
            self._helper = helper if helper.send(request) else None

    def close(self) -> None:
        """Let the other process end, at once if its answer is not wanted any more."""
        if self._helper:
            self._helper.close()

    def answer(self) -> Centrality:
        """The centrality; waits for it."""
        if self._known:
            return _unpacked(self._known)
        received = self._helper.receive() if self._helper else None
        if received is None:
            found = self.asked.answer()
            answer = _packed_answer(found)
        else:
            answer = msgspec.msgpack.decode(received, type=_Answer)
            found = _unpacked(answer)
        if self._key:
            keep(KEPT, self._key, answer, most=MOST_KEPT)
        return found


def serve_centrality() -> None:
    """Answer requests from standard input until it ends: what the other process runs."""
    serve(_answered)


def _packed(asked: Asked) -> bytes:
    ties = pd.DataFrame({"work": asked.ties.work, "edge": asked.ties.edge})
    institutions, edges = _stream(asked.institutions[OF_AN_INSTITUTION]), _stream(asked.edges)
    request = _Request(institutions, edges, _stream(ties), asked.seed, asked.min_works)
    return msgspec.msgpack.encode(request)


def _answered(request: bytes) -> bytes:
    given = msgspec.msgpack.decode(request, type=_Request)
    ties = _frame(given.ties)
    tied = TieWorks(ties["work"].to_numpy(), ties["edge"].to_numpy())
    asked = Asked(
        _frame(given.institutions), _frame(given.edges), tied, given.seed, given.min_works
    )
    return msgspec.msgpack.encode(_packed_answer(asked.answer()))


def _packed_answer(found: Centrality) -> _Answer:
    numbers = {name: value for name, value in vars(found.partition).items() if name != "community"}
    return _Answer(
        _stream(found.rows),
        found.partition.community.tolist(),
        {name: value for name, value in numbers.items() if isinstance(value, float)},
        {name: value for name, value in numbers.items() if isinstance(value, int)},
        found.path_min_works,
        found.largest_component,
    )


def _unpacked(found: _Answer) -> Centrality:
    numbers: dict[str, Any] = {**found.partition, **found.counts}
    partition = Partition(community=np.array(found.community, dtype="int64"), **numbers)
    return Centrality(_frame(found.rows), partition, found.path_min_works, found.largest_component)


def _stream(frame: pd.DataFrame) -> bytes:
    return to_stream(pa.Table.from_pandas(frame, preserve_index=False))


def _frame(stream: bytes) -> pd.DataFrame:
    frame: pd.DataFrame = from_stream(stream).to_pandas()
    return frame
