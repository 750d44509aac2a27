from .conditions import (
    Limits as Limits,
)
from .conditions import (
    Surroundings as Surroundings,
)
from .estimating import (
    Estimate as Estimate,
)
from .estimating import (
    estimate as estimate,
)
from .estimating import (
    estimates as estimates,
)
from .folders import (
    harvest_folder as harvest_folder,
)
from .folders import (
    newest_complete as newest_complete,
)
from .integrity import (
    Damage as Damage,
)
from .integrity import (
    damages as damages,
)
from .ledger import (
    harvest_of_path as harvest_of_path,
)
from .openalex import (
    HOST as HOST,
)
from .openalex import (
    Connection as Connection,
)
from .pages import PAGES as PAGES
from .planning import (
    Plan as Plan,
)
from .planning import (
    entity_plan as entity_plan,
)
from .planning import (
    plan as plan,
)
from .progress import Progress as Progress
from .record import Harvest as Harvest
from .registry_dump import (
    Dump as Dump,
)
from .registry_dump import (
    fetch_registry as fetch_registry,
)
from .run import (
    HarvestOptions as HarvestOptions,
)
from .run import (
    harvest_entities as harvest_entities,
)
from .run import (
    harvest_record as harvest_record,
)
from .run import (
    harvest_works as harvest_works,
)
from .run import (
    harvested_works as harvested_works,
)
from .run import (
    newest_harvest as newest_harvest,
)
from .session import harvest as harvest
from .source import (
    Source as Source,
)
from .source import (
    open_source as open_source,
)
