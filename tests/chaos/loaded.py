"""What most nodes of the drills have in common, loaded before they are forked: imported, and the data read."""

import gc

import consult.cli
import consult.server  # noqa: F401  (for what it loads)
from consult.app import check_site_data, scripts

check_site_data()
scripts()
gc.collect()
gc.freeze()
