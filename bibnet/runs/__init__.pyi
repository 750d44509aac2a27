from .audit.cell_works import CellQuestion as CellQuestion
from .audit.cell_works import cell_works as cell_works
from .audit.claim_report import claim_report as claim_report
from .audit.document import (
    Document as Document,
)
from .audit.document import (
    list_rows as list_rows,
)
from .audit.document import (
    rows_text as rows_text,
)
from .audit.document import (
    show_document as show_document,
)
from .audit.document import (
    write_document as write_document,
)
from .audit.document import (
    write_rows as write_rows,
)
from .audit.dossier import dossier as dossier
from .audit.dossier_page import write_dossier as write_dossier
from .audit.funder_report import funder_report as funder_report
from .audit.investments import investment_report as investment_report
from .audit.postings import posting_report as posting_report
from .audit.replicate import replicate as replicate
from .audit.ties import tie_report as tie_report
from .audit.trends import trend_report as trend_report
from .cell import WorkChoice as WorkChoice
from .centrality.report import (
    CentralityReport as CentralityReport,
)
from .centrality.report import (
    Question as Question,
)
from .centrality.report import (
    centrality_report as centrality_report,
)
from .centrality.report import (
    write_report_csv as write_report_csv,
)
from .centrality.view import show_centrality as show_centrality
from .compare.as_of_now import AsOfNow as AsOfNow
from .compare.change_figures import write_change_figures as write_change_figures
from .compare.comparison import (
    Comparison as Comparison,
)
from .compare.comparison import (
    compare_runs as compare_runs,
)
from .compare.comparison import (
    comparison_record as comparison_record,
)
from .compare.comparison import (
    write_comparison as write_comparison,
)
from .compare.view import (
    show_as_of_now as show_as_of_now,
)
from .compare.view import (
    show_comparison as show_comparison,
)
from .explore.serve import serve_run as serve_run
from .export.network import (
    Export as Export,
)
from .export.network import (
    export_run as export_run,
)
from .open import (
    Run as Run,
)
from .open import (
    load as load,
)
from .pipeline.demo import (
    Demo as Demo,
)
from .pipeline.demo import (
    run_demo as run_demo,
)
from .pipeline.harvested import (
    with_harvest as with_harvest,
)
from .pipeline.harvested import (
    with_sound_harvests as with_sound_harvests,
)
from .pipeline.order import run_query as run_query
from .pipeline.request import Request as Request
from .review.sample import (
    Draw as Draw,
)
from .review.sample import (
    draw_sample as draw_sample,
)
from .review.sample import (
    write_sample as write_sample,
)
from .review.score import (
    MIN_PRECISION as MIN_PRECISION,
)
from .review.score import (
    Score as Score,
)
from .review.score import (
    Signature as Signature,
)
from .review.score import (
    read_judgements as read_judgements,
)
from .review.score import (
    score_sample as score_sample,
)
from .review.score import (
    write_verdicts as write_verdicts,
)
from .review.view import show_scores as show_scores
from .verify import verify_run as verify_run
