"""The exhibits: the CSV files of a run, column by column (contract), with what they mean.

A new exhibit is a `Table` in the file of its subject, named in that file's tuple, and the
metric that counts it (`bibnet/metrics/`). The page, the workbook, the works behind its numbers
and the README's table follow from the two.
"""

from bibnet.schema.column import Table
from bibnet.schema.exhibits.citations import CITATION_EXHIBITS
from bibnet.schema.exhibits.funding import FUNDING_EXHIBITS
from bibnet.schema.exhibits.listed import LISTED_EXHIBITS
from bibnet.schema.exhibits.pairs import PAIR_EXHIBITS
from bibnet.schema.exhibits.participants import PARTICIPANT_EXHIBITS
from bibnet.schema.exhibits.structure import STRUCTURE_EXHIBITS
from bibnet.schema.exhibits.volume import VOLUME_EXHIBITS

# By name, in the order that a reader meets them.
EXHIBITS: dict[str, Table] = {
    table.name: table
    for table in (
        *VOLUME_EXHIBITS,
        *PAIR_EXHIBITS,
        *STRUCTURE_EXHIBITS,
        *CITATION_EXHIBITS,
        *FUNDING_EXHIBITS,
        *LISTED_EXHIBITS,
        *PARTICIPANT_EXHIBITS,
    )
}
