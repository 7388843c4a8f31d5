from __future__ import annotations

from pathlib import Path

from pipeline.doctor import diagnose
from pipeline.inspect_folder import inspect_folder, summary

DATA = Path(__file__).parent.parent / "data"


def test_a_look_at_a_folder_tells_what_each_file_is():
    reports = {report.path: report for report in inspect_folder(DATA)}
    states = {name: report.state for name, report in reports.items()}
    assert states["digital.pdf"] == states["word.docx"] == states["utf16.txt"] == "readable"
    assert states["scanned.pdf"] == states["bad_layer.pdf"] == states["scanned.png"] == "scanned"
    assert states["locked.pdf"] == "locked"
    assert states["truncated.pdf"] == "damaged"
    assert (reports["digital.pdf"].municipality, reports["digital.pdf"].date) == ("Ballerup", "2022-05-12")
    assert "1 locked" in summary(list(reports.values()))


def test_doctor_says_how_to_get_what_is_missing(monkeypatch):
    monkeypatch.setattr("pipeline.extract.tesseract.tesseract_version", lambda: None)
    findings = {finding.component: finding for finding in diagnose()}
    assert findings["Tesseract"].status == "missing"
    assert "apt-get install tesseract-ocr" in findings["Tesseract"].remedy
    assert all(finding.remedy for finding in findings.values() if finding.status != "ok")
