"""Pure checks: patient + regimen + knowledge -> alerts."""

from consult.assess.assess import assess
from consult.assess.cases import check_records

__all__ = ["assess", "check_records"]
