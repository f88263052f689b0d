"""Print the JSON Schema of a pair file."""

from __future__ import annotations

import json
import sys

from inventory.schema import pair_schema

sys.stdout.write(json.dumps(pair_schema(), indent=1, sort_keys=True) + "\n")
