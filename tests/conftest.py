"""What holds for every test: nothing reaches the network, and a slow machine is no reason to fail."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
