"""Spark as the engine: in this process's own cores, or on a standalone cluster (`spark://`).

The same expressions as on DuckDB. Results that are large are written by the workers, sorted, and
read back part by part, so the folder of the run must lie where driver and workers both see it.
"""

import os
import shutil
import socket
import sys
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bibnet.schema import Table
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.compiled import compiled
from bibnet.storage.engine.base import (
    WHOLE,
    Answer,
    Parts,
    Watch,
    in_stated_order,
    name_of,
    write_sorted,
)
from bibnet.storage.tables import table_path

try:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
except ImportError as error:
    what, where = f"Spark is not installed: {error}", "--engine spark"
    raise UsageError(Fault(what, where, "pip install 'bibnet[spark]'")) from error

# Rows travel as Arrow tables here; what Spark does with frames of pandas 3 is not used.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)

LOCAL = "local[*]"
# Nobody else on the network can reach a session that has no workers elsewhere.
LOCAL_SETTINGS = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
# A corpus of a few thousand works needs no more; a cluster splits its own files finer.
PARTITIONS = "8"
SETTINGS = {
    "spark.app.name": "bibnet",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": PARTITIONS,
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.adaptive.enabled": "true",
    "spark.log.level": "OFF",
}
JAVA_REMEDY = "install Java 17 (a JRE is enough) and set JAVA_HOME if it is not on the path"
CLUSTER_REMEDY = (
    "see that the master and its workers run and can be reached, with the same Python and the "
    "same bibnet, and that they see the folder of --out"
)
OTHER_PYTHON = "PYTHON_VERSION_MISMATCH"
PYTHON_REMEDY = "start the workers with the Python of the driver, or set PYSPARK_PYTHON to one"
# Spark asks a master that does not answer for a minute; a connection says it at once.
ANSWER_SECONDS = 5
BATCH_ROWS = 100_000
CALL_FAILED = "An error occurred while calling"
LONGEST_REASON = 300


class SparkEngine:
    """Engine over a Spark session; `spill` is a folder for what is on its way to the driver."""

    def __init__(self, spill: Path, session: SparkSession):
        self._spill = spill
        self._session = session
        self._backend = ibis.pyspark.connect(session)

    def read(self, folder: Path, table: Table) -> ir.Table:
        """Make `folder`'s file of a declared table available as an Ibis table."""
        path = table_path(folder, table).absolute().as_uri()
        with _refused():
            return self._backend.read_parquet(path, table_name=name_of(folder, table))

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression and return all rows, in a stated order; for small results."""
        with _refused():
            found = self._rows(expression).toArrow()
        rows = in_stated_order(expression, found.cast(expression.schema().to_pyarrow()))
        frame: pd.DataFrame = rows.to_pandas()
        return frame

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Carry out an expression and return its rows batch by batch."""
        return self._collected(self._rows(expression), expression.schema().to_pyarrow())

    def write(
        self, expression: ir.Table, folder: Path, table: Table, parts: Parts = WHOLE
    ) -> ir.Table:
        """Write an expression as a declared table, sorted by its key, and read it back.

        Spark parts the work by itself, whatever `parts` say.
        """
        return write_sorted(self, expression, folder, table)

    def answers(
        self, texts: ir.Table, answer: Answer, table: Table, watch: Watch = iter
    ) -> Iterator[pa.Table]:
        """Rows of `table` that `answer` gives to texts in the executors, sorted by its key.

        `watch` sees nothing: the texts pass elsewhere.
        """
        asked = self._rows(texts).repartition(self._session.sparkContext.defaultParallelism)
        schema = arrow_schema(table)
        empty = self._session.createDataFrame(schema.empty_table())
        found = asked.mapInArrow(_mapped(answer), empty.schema)
        rest = [name for name in table.column_names if name not in table.key]
        for batch in self._collected(found.orderBy(*table.key, *rest), schema):
            yield pa.Table.from_batches([batch])

    def _collected(self, rows: DataFrame, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        parts = self._spill / uuid.uuid4().hex
        with _refused():
            rows.write.parquet(parts.absolute().as_uri())
        try:
            for part in sorted(parts.glob("part-*")):
                for batch in pq.ParquetFile(part).iter_batches(BATCH_ROWS):
                    yield batch.cast(schema)
        finally:
            shutil.rmtree(parts, ignore_errors=True)

    def _rows(self, expression: ir.Table) -> DataFrame:
        """The rows of an expression, not computed yet; its tables in memory are views first."""
        with _refused():
            for table in expression.op().find(ops.InMemoryTable):
                rows = table.data.to_pyarrow(table.schema)
                self._session.createDataFrame(rows).createOrReplaceTempView(table.name)
            sql = compiled(expression, self._backend.name, self._backend.compile)
            return self._session.sql(sql)

    def close(self) -> None:
        """End the session, and with it the executors."""
        self._session.stop()


def _mapped(answer: Answer) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The answer as Spark calls it: from batches of one column of texts to batches of rows."""

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        texts = (text for batch in batches for text in batch.column(0).to_pylist())
        for found in answer(texts, 1):
            yield from found.to_batches()

    return rows


def connect(spill: Path, address: str = "") -> SparkEngine:
    """Open a session on this machine's cores, or on the cluster at `address` (HOST:PORT).

    Raises UsageError where Java is missing or the master does not answer.
    """
    spill.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError(
            Fault("Spark needs Java, and there is none", "--engine spark", JAVA_REMEDY)
        )
    if address:
        _ask(address)
    return SparkEngine(spill, _session(f"spark://{address}" if address else LOCAL))


def _ask(address: str) -> None:
    """Raise UsageError where nobody listens at HOST:PORT."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), ANSWER_SECONDS).close()
    except (OSError, ValueError, OverflowError) as error:
        what = f"the master does not answer: {_reason(error)}"
        remedy = f"give spark://HOST:PORT of a master that runs; {CLUSTER_REMEDY}"
        raise UsageError(Fault(what, f"--engine spark://{address}", remedy)) from error


def _session(master: str) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.master(master)
    for name, value in (SETTINGS | (LOCAL_SETTINGS if master == LOCAL else {})).items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError, OSError) as error:
        remedy = JAVA_REMEDY if master == LOCAL else CLUSTER_REMEDY
        what = f"Spark does not start: {_reason(error)}"
        raise UsageError(Fault(what, f"--engine {master}", remedy)) from error
    return session


@contextmanager
def _refused() -> Iterator[None]:
    """Turn what Spark says of a lost cluster or another Python into an error in three parts."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        other = OTHER_PYTHON in str(error)
        what = "a worker has another Python than the driver" if other else "Spark gave up"
        remedy = PYTHON_REMEDY if other else CLUSTER_REMEDY
        raise UsageError(Fault(f"{what}: {_reason(error)}", "--engine spark", remedy)) from error


def _reason(error: Exception) -> str:
    """The first line that says more than that a call failed."""
    lines = [line.strip(" :") for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(CALL_FAILED)]
    named = [line for line in telling if OTHER_PYTHON in line]
    return [*named, *telling, type(error).__name__][0][:LONGEST_REASON]
