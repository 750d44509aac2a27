"""The harvest: works and entities of OpenAlex on disk, each page at once, none lost.

`plan` turns a query into filters, `open_source` opens the source, `harvest` brings it
all into a folder and may be killed and run again at any moment.
"""

from bibnet.harvest.conditions import Limits, Surroundings
from bibnet.harvest.estimating import Estimate, estimate, estimates
from bibnet.harvest.folders import harvest_folder, newest_complete
from bibnet.harvest.openalex import HOST, Connection
from bibnet.harvest.pages import PAGES
from bibnet.harvest.planning import Plan, entity_plan, plan
from bibnet.harvest.progress import Progress
from bibnet.harvest.record import Harvest
from bibnet.harvest.session import harvest
from bibnet.harvest.source import Source, open_source

__all__ = [
    "HOST",
    "PAGES",
    "Connection",
    "Estimate",
    "Harvest",
    "Limits",
    "Plan",
    "Progress",
    "Source",
    "Surroundings",
    "entity_plan",
    "estimate",
    "estimates",
    "harvest",
    "harvest_folder",
    "newest_complete",
    "open_source",
    "plan",
]
