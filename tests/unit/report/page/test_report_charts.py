"""The figures of a report as charts: all of them, valid, with what the page says of each."""

from dataclasses import replace

from invented_report import empty_content, invented_content

from bibnet.report.page.charts import charts
from bibnet.report.page.sections import section_figures
from bibnet.schema.units import INVENTED


def test_every_figure_is_a_chart_with_title_source_and_mark() -> None:
    content = invented_content(12)
    figures = [figure for own in section_figures(content).values() for figure in own]
    found = charts(content)
    assert list(found) == [figure.id for figure in figures]
    for figure in figures:
        title = found[figure.id].to_dict()["title"]  # checked against the schema of Vega-Lite
        assert title["text"] == figure.title
        assert " ".join(title["subtitle"]).startswith(figure.subtitle)
        assert title["subtitle"][-1] == INVENTED


def test_real_data_bear_no_mark_and_an_empty_report_has_no_chart() -> None:
    found = charts(replace(invented_content(12), invented=False))
    assert INVENTED not in found["joint_works_by_year"].to_dict()["title"]["subtitle"]
    assert charts(empty_content()) == {}
