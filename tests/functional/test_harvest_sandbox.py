"""The harvest against the sandbox: what is asked for is what comes, and it can be read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from harvest_rounds import bring, bring_all, result, start_child

from bibnet.errors import BudgetError, SourceError, UsageError
from bibnet.harvest import Connection, Harvest, Limits, entity_plan, harvest, open_source, plan
from bibnet.harvest.listing import Listing
from bibnet.query import Query, parse_query
from bibnet.sandbox.server import Server, Settings, serve
from bibnet.sandbox.world import World, build_world
from bibnet.tables.read import read_works

pytestmark = pytest.mark.usefixtures("loopback")
EUROPE, CHINA = {"DE", "FR", "IT"}, {"CN", "HK"}
