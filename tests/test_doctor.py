from __future__ import annotations

from pipeline.doctor import measure_formats
from pipeline.settings import FORMATS, Embed


def test_every_number_format_is_measured_and_the_configured_one_comes_first():
    findings = measure_formats()
    assert {finding.component for finding in findings} == {f"number format {name}" for name in FORMATS}
    assert findings[0].component.endswith(Embed().format)
    assert not findings[0].remedy
    assert all("paragraphs a second" in finding.purpose for finding in findings)


def test_formats_of_a_missing_model_are_not_measured(tmp_path):
    (tmp_path / "embed.yaml").write_text("model: models/missing\n", encoding="utf-8")
    assert measure_formats(tmp_path) == []
