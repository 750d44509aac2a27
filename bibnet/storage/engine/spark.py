"""Spark as the engine: in this process's own cores, or on a standalone cluster (`spark://`).

The same expressions as on DuckDB. Results that are large are written by the workers, sorted, and
read back part by part, so the folder of the run must lie where driver and workers both see it.
"""

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
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
from bibnet.storage.compiled import compiled
from bibnet.storage.engine.base import in_stated_order, name_of
from bibnet.storage.tables import TableWriter, table_path

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
except ImportError as error:
    what, where = f"Spark is not installed: {error}", "--engine spark"
    raise UsageError(Fault(what, where, "pip install 'bibnet[spark]'")) from error

LOCAL = "local[*]"
# A corpus of a few thousand works needs no more; a cluster splits its own files finer.
PARTITIONS = "8"
SETTINGS = {
    "spark.app.name": "bibnet",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": PARTITIONS,
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.adaptive.enabled": "true",
    "spark.log.level": "ERROR",
}
JAVA_REMEDY = "install Java 17 (a JRE is enough) and set JAVA_HOME if it is not on the path"
BATCH_ROWS = 100_000


class SparkEngine:
    """Engine over a Spark session; `spill` is a folder for what is on its way to the driver."""

    def __init__(self, spill: Path, session: SparkSession):
        self._spill = spill
        self._session = session
        self._backend = ibis.pyspark.connect(session)

    def read(self, folder: Path, table: Table) -> ir.Table:
        """Make `folder`'s file of a declared table available as an Ibis table."""
        path = table_path(folder, table).absolute().as_uri()
        return self._backend.read_parquet(path, table_name=name_of(folder, table))

    def frame(self, expression: ir.Table) -> pd.DataFrame:
        """Carry out an expression and return all rows, in a stated order; for small results."""
        found = self._rows(expression).toArrow()
        rows = in_stated_order(expression, found.cast(expression.schema().to_pyarrow()))
        frame: pd.DataFrame = rows.to_pandas()
        return frame

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Carry out an expression and return its rows batch by batch."""
        schema = expression.schema().to_pyarrow()
        parts = self._spill / uuid.uuid4().hex
        self._rows(expression).write.parquet(parts.absolute().as_uri())
        try:
            for part in sorted(parts.glob("part-*")):
                for batch in pq.ParquetFile(part).iter_batches(BATCH_ROWS):
                    yield batch.cast(schema)
        finally:
            shutil.rmtree(parts, ignore_errors=True)

    def write(self, expression: ir.Table, folder: Path, table: Table) -> ir.Table:
        """Write an expression as a declared table, sorted by its key, and read it back."""
        ordered = expression.select(*table.column_names).order_by(list(table.key))
        with TableWriter(folder, table) as writer:
            for batch in self.batches(ordered):
                writer.write(pa.Table.from_batches([batch]))
        return self.read(folder, table)

    def _rows(self, expression: ir.Table) -> DataFrame:
        """The rows of an expression, not computed yet; its tables in memory are views first."""
        for table in expression.op().find(ops.InMemoryTable):
            rows = table.data.to_pyarrow(table.schema)
            self._session.createDataFrame(rows).createOrReplaceTempView(table.name)
        return self._session.sql(compiled(expression, self._backend.name, self._backend.compile))

    def close(self) -> None:
        """End the session, and with it the executors."""
        self._session.stop()


def connect(spill: Path, address: str = "") -> SparkEngine:
    """Open a session on this machine's cores, or on the cluster at `address` (HOST:PORT).

    Raises UsageError where Java is missing, the master does not answer, or a worker has another
    Python.
    """
    spill.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError(
            Fault("Spark needs Java, and there is none", "--engine spark", JAVA_REMEDY)
        )
    return SparkEngine(spill, _session(f"spark://{address}" if address else LOCAL))


def _session(master: str) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.master(master)
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        what = f"Spark does not start: {str(error).splitlines()[0]}"
        raise UsageError(Fault(what, f"--engine {master}", JAVA_REMEDY)) from error
    return session
