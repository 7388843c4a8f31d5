from __future__ import annotations

from pipeline.compare import tone_groups
from tests.compare.towns import Towns


def test_tone_is_told_by_role_act_and_holder():
    towns = Towns()
    towns.add("Aarhus", 2, tone={"act": "concern", "tone": "negative", "score": -0.6, "holder": "BUPL"})
    towns.add("Aarhus", 1, tone={"act": "support", "tone": "positive", "score": 0.3})
    towns.add("Aarhus", 4, tone={"act": "procedure", "tone": "neutral", "score": 0.0})
    rows = {(row["dimension"], row["value"]): row for row in tone_groups.group(towns.tables()[1])}
    assert rows["holder", "BUPL"]["negative"] == 2
    assert (rows["holder", ""]["positive"], rows["holder", ""]["neutral"]) == (1, 0)
    assert (rows["act", "procedure"]["neutral"], rows["act", "procedure"]["documents"]) == (4, 1)
    whole = rows["role", "brødtekst"]
    assert (whole["documents"], whole["positive"], whole["neutral"], whole["negative"]) == (2, 1, 0, 2)
    assert round(whole["tone"], 6) == -0.3
