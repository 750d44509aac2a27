"""Which figures a report has: exhibits in, declared figures out, one file a subject."""

from bibnet.report.gallery.countries import country_figures
from bibnet.report.gallery.hubs import hub_figures
from bibnet.report.gallery.impact import chance_figures, impact_figures
from bibnet.report.gallery.institutions import institution_figures
from bibnet.report.gallery.listed import listed_figures
from bibnet.report.gallery.maps import why_no_map
from bibnet.report.gallery.rankings import (
    citation_figures,
    company_figures,
    funding_figures,
    topic_figures,
    why_no_funding_shares,
)
from bibnet.report.gallery.time import coverage_figures, time_figures, why_no_shares

__all__ = [
    "chance_figures",
    "citation_figures",
    "company_figures",
    "country_figures",
    "coverage_figures",
    "funding_figures",
    "hub_figures",
    "impact_figures",
    "institution_figures",
    "listed_figures",
    "time_figures",
    "topic_figures",
    "why_no_funding_shares",
    "why_no_map",
    "why_no_shares",
]
