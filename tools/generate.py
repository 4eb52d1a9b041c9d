"""Write what is made from the code: docs/events.md, the golden event streams, the catalogue of texts."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from consult.session.describe import document  # noqa: E402
from tests.golden import exchange, scenario  # noqa: E402
from tools import catalogue  # noqa: E402

(ROOT / "docs").mkdir(exist_ok=True)
(ROOT / "docs/events.md").write_text(document(), encoding="utf-8")
scenario.FILE.write_text(scenario.document(), encoding="utf-8")
for kind in exchange.KINDS:
    exchange.path_of(kind).write_text(exchange.document(kind), encoding="utf-8")
print("generate: docs/events.md, tests/golden/events.json, tests/golden/fhir_*.json")
catalogue.main()
