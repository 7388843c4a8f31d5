"""`python -m tests.bench` runs all of them; `python -m tests.bench ocr FOLDER` one, and hands it what names none."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from tests import bench


def main(given: list[str]) -> None:
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    wanted = [name for name in given if name in names]
    arguments = [argument for argument in given if argument not in names]
    for name in wanted or names:
        print(f"\n## {name}", flush=True)
        for line in importlib.import_module(f"tests.bench.{name}").measure(*arguments):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
