from __future__ import annotations

import importlib
import pkgutil
import sys

from tests import bench


def main(wanted: list[str]) -> None:
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        print(f"\n## {module.name}", flush=True)
        for line in importlib.import_module(f"tests.bench.{module.name}").measure():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
