"""Every exhibit by name: what counts it, and what lists the works of its cells."""

from bibnet.metrics.citations import exhibits as citations
from bibnet.metrics.counts import (
    companies,
    duplicates,
    funded_ties,
    funding,
    held_back,
    hubs,
    listed,
    pairs,
    programmes,
    shares,
    side_pairs,
    volume,
)
from bibnet.metrics.exhibit import Exhibit
from bibnet.metrics.structure import centrality, communities, expectation_exhibits, network_years

SUBJECTS = (
    volume,
    duplicates,
    shares,
    side_pairs,
    pairs,
    centrality,
    expectation_exhibits,
    communities,
    network_years,
    citations,
    funding,
    programmes,
    funded_ties,
    listed,
    held_back,
    hubs,
    companies,
)
EXHIBITS: dict[str, Exhibit] = {
    exhibit.table.name: exhibit for subject in SUBJECTS for exhibit in subject.EXHIBITS
}
