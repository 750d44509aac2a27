"""How a run gives the figures of published studies, one function a kind of figure.

Each takes what the run shows of the figure's period and the figure's arguments, and returns a
number, a text, or None where the run shows nothing that could be compared. A new kind of figure is
a function here and the name of it in the list of published figures.
"""

from collections.abc import Callable, Mapping

from bibnet.runs.audit import figure_bodies, figure_volume
from bibnet.runs.audit.figure_period import Arguments, Period, Value

MEASURES: Mapping[str, Callable[[Period, Arguments], Value]] = {
    measure.__name__: measure
    for measure in (
        figure_volume.joint_works,
        figure_volume.share_of_joint,
        figure_volume.partner_order,
        figure_volume.joint_growth,
        figure_volume.side_share,
        figure_volume.share_of_side,
        figure_volume.country_share,
        figure_volume.pair_share_of_side,
        figure_volume.subject_order,
        figure_volume.pair_works,
        figure_volume.pair_share,
        figure_volume.pair_growth,
        figure_volume.pair_ratio,
        figure_volume.pair_peak,
        figure_volume.international_share,
        figure_volume.top_partner,
        figure_volume.hub_share,
        figure_volume.title_trend,
        figure_volume.title_trend_from,
        figure_bodies.institutions_over,
        figure_bodies.institution_joint,
        figure_bodies.institution_order,
        figure_bodies.ties_in_top,
        figure_bodies.citation_order,
        figure_bodies.joint_disclosed,
        figure_bodies.joint_funded,
        figure_bodies.programme_joint,
        figure_bodies.listed_joint,
        figure_bodies.listed_joint_share,
        figure_bodies.listed_categories,
        figure_bodies.company_joint,
    )
}
