"""Parsers as hostile files would have them; what they do is written in the file. They run in child processes."""

from __future__ import annotations

import os
import time

from pipeline.extract.reading import Page, Reading


def misbehave(content, suffix, settings, beat):
    order = content.decode()
    if order == "sleep":
        time.sleep(60)
    if order == "work slowly":
        for _ in range(6):
            time.sleep(0.5)
            beat()
    if order == "grow":
        hoard = []
        while True:
            hoard.append(bytearray(b"x" * 20_000_000))
            time.sleep(0.05)
    if order == "crash":
        os._exit(9)
    return Reading("text/plain", (Page(order),))
