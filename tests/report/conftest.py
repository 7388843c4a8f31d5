"""A small run: three municipalities, every kind of trouble, tables as the stages write them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.report.__main__ import run as run_report
from pipeline.workspace import Workspace
from tests.report import compared

SENTENCES = {
    "sick_leave": "Sygefraværet er steget til {n},4 procent, og det bekymrer medarbejdersiden i udvalget.",
    "recruitment": "Der kom {n} ansøgere til de ledige stillinger, og tre af dem havde den rette uddannelse.",
    "retention": "Seniorsamtaler og mentorordninger får flere til at blive, viser opgørelsen fra {n} institutioner.",
    "budget": "Der afsættes {n} mio. kr. i budgettet, som finansieres inden for områdets egen ramme.",
    "school": "Lærerne planlægger undervisningen i {n} faglige team på tværs af årgange.",
    "": "Udvalget tog orienteringen til efterretning på mødet den {n}. i måneden.",
}
COMPOUNDS = {"Sygefraværet": "syge+fravær", "Seniorsamtaler": "senior+samtale", "mentorordninger": "mentor+ordning"}
TONES = ("negative", "neutral", "positive", "mixed")
HOSTILE = [
    "<script>alert('x')</script></style></section> & {{ 7 * 7 }} {% raw %}",
    "=cmd|' /C calc'!A0",
    "Højre til venstre: \u202egnal rukiv og null\u0001byte",
    "w" * 10_000,
]
SHARED = "Alle kommuner i samarbejdet følger den fælles aftale om forebyggelse af vold og trusler på arbejdspladsen."
CLOSED = "Sagen om en enkelt ansat blev drøftet for lukkede døre."
FIRST_DATE = datetime.date(2021, 4, 6)


class Corpus:
    """Collects the rows of all tables, document by document; `shared` is the paragraphs with the text SHARED."""

    def __init__(self) -> None:
        names = "documents pages cleaned edits quality paragraphs furniture tokens sentences assignments tones"
        self.rows: dict[str, list[dict]] = {name: [] for name in names.split()}

    def add(self, municipality: str | None, themes: list[str], **changed) -> str:
        """Add one document with a heading, formalia and a paragraph for each theme; return its id."""
        number = len(self.rows["documents"])
        identity = f"{number:016x}"
        blocks = [("overskrift", "heading", f"Referat {number}", "")]
        blocks += [("formalia", "paragraph", "Til stede: A og B", "")]
        blocks += [
            ("brødtekst", "bullet" if n % 3 else "paragraph", SENTENCES[t].format(n=n + number), t)
            for n, t in enumerate(themes)
        ]
        blocks += [("brødtekst", "paragraph", text, "budget") for text in changed.pop("extra", [])]
        blocks += [("beslutning", "paragraph", text, "") for text in changed.pop("closed", [])]
        external = changed.pop("external", False)
        raw = self._paragraphs(identity, number, blocks, external)
        row = {
            "document_id": identity, "path": f"mappe/dok_{number:02d}.txt", "paths": [f"mappe/dok_{number:02d}.txt"],
            "media_type": "text/plain", "municipality": municipality,
            "municipality_evidence": f"{municipality} Kommune", "municipality_confidence": 0.9,
            "date": FIRST_DATE + datetime.timedelta(days=61 * number),
            "date_evidence": "6. april 2021", "kind": "referat", "kind_evidence": "Referat", "body": "LokalMED",
            "title": f"Referat {number} af møde i LokalMED", "case_numbers": ["81.38.00-P35-3-24"], "language": "da",
            "pages": 1, "ocr_pages": 0, "words": len(raw.split()), "status": "ok", "reason": "",
        } | changed  # fmt: skip
        self.rows["documents"].append(row)
        if row["status"] == "ok":
            self.rows["pages"].append(
                {"document_id": identity, "page": 1, "raw_text": raw, "source": "text", "outline": []}
            )
            damage = {"words": row["words"], "damaged_share": 0.02, "repaired": 1, "channel": "none"}
            self.rows["quality"].append({"document_id": identity} | damage)
        return identity

    def _paragraphs(self, identity: str, number: int, blocks: list[tuple[str, str, str, str]], external: bool) -> str:
        raw = ""
        for position, (role, form, text, theme) in enumerate(blocks):
            start = len(raw)
            damaged = text.replace("ø", "g") if theme == "recruitment" else text
            if damaged != text:
                self.rows["edits"] += [
                    {"document_id": identity, "start": start + at, "end": start + at + 1, "before": "g", "after": "ø",
                     "rule": "ocr_letters", "confidence": 0.9, "applied": True}
                    for at, letter in enumerate(text) if letter == "ø"
                ]  # fmt: skip
            if theme == "school" and (at := text.find("team")) >= 0:
                self.rows["edits"].append(
                    {"document_id": identity, "start": start + at, "end": start + at + 4, "before": "team",
                     "after": "tema", "rule": "ocr_real_word", "confidence": 0.31, "applied": False}
                )  # fmt: skip
            raw += damaged + "\n\n"
            paragraph = f"{identity}-{start:07d}"
            self.rows["paragraphs"].append({
                "paragraph_id": paragraph, "document_id": identity, "part_id": f"{identity}-p01",
                "part_title": f"Referat {number}", "part_kind": "referat", "voice": "external" if external else "own",
                "position": position, "page": 1, "agenda_item": "Punkt 2: Personale" if position > 2 else None,
                "heading_path": ["Punkt 2: Personale"] if position > 2 else [], "role": role, "form": form,
                "closed": text == CLOSED, "text": text, "raw_start": start, "raw_end": start + len(damaged),
            })  # fmt: skip
            self.rows["sentences"].append({
                "sentence_id": f"{paragraph}-00000", "paragraph_id": paragraph, "start": 0, "end": len(text),
                "text": text,
            })  # fmt: skip
            words = text.split()
            self.rows["tokens"].append({
                "paragraph_id": paragraph, "words": words, "lemmas": [w.lower().strip(".,") for w in words],
                "pos": ["NOUN"] * len(words), "parts": [COMPOUNDS.get(w, "") for w in words],
                "starts": [0] * len(words),
                "entity_labels": [], "entity_starts": [], "entity_ends": [],
            })  # fmt: skip
            if theme:
                self._theme(paragraph, theme, text, start, TONES[(position + number) % 4])
        return raw

    def _theme(self, paragraph: str, theme: str, text: str, start: int, tone: str) -> None:
        score = {"negative": -0.7, "neutral": 0.0, "positive": 0.6, "mixed": -0.1}[tone]
        self.rows["assignments"].append(
            {"paragraph_id": paragraph, "theme_id": theme, "score": 0.8, "rank": 1, "origin": "codebook"}
        )
        self.rows["tones"].append({
            "paragraph_id": paragraph, "theme_id": theme, "act": "report", "tone": tone, "score": score,
            "evidence": text, "evidence_start": start, "evidence_end": start + len(text),
            "holder": "medarbejdersiden" if theme == "sick_leave" else None,
        })  # fmt: skip
        if theme == "retention":  # a second theme, whose tone nobody scored
            self.rows["assignments"].append(
                {"paragraph_id": paragraph, "theme_id": "recruitment", "score": 0.6, "rank": 2, "origin": "codebook"}
            )

    def write(self, workspace: Workspace, themes: list[dict]) -> None:
        """Write every table of every stage before `report`."""
        for name, rows in self.rows.items():
            workspace.write(name, rows)
        for name in ("sentence_tones", "theme_events"):
            workspace.write(name, [])
        workspace.write("themes", themes)
        places = {row["document_id"]: row["municipality"] for row in self.rows["documents"]}
        same = [row for row in self.rows["paragraphs"] if row["text"] == SHARED]
        passages = [
            {"passage_id": same[0]["paragraph_id"], "paragraph_id": row["paragraph_id"],
             "municipality": places[row["document_id"]], "similarity": 1.0} for row in same
        ]  # fmt: skip
        keyness = [
            {"theme_id": "sick_leave", "municipality": "Aarhus", "term": term, "documents": 6, "count": 16, "z": z}
            for term, z in (("medarbejderside", 3.1), ("-fravær", 2.4)) if "Aarhus" in places.values()
        ]  # fmt: skip
        compared.write(workspace, measures=list(self._measures(places)), shared_passages=passages, keyness=keyness)

    def _measures(self, places: dict[str, str | None]) -> Iterator[dict]:
        """In each document, the first two paragraphs about sick leave: what is difficult, and what is done."""
        theme_of = {row["paragraph_id"]: row["theme_id"] for row in self.rows["assignments"]}
        by_document = defaultdict(list)
        for row in self.rows["paragraphs"]:
            if theme_of.get(row["paragraph_id"]) == "sick_leave" and places[row["document_id"]]:
                by_document[row["document_id"]].append(row["paragraph_id"])
        for document, (challenge, measure, *_) in ((d, found) for d, found in by_document.items() if len(found) > 1):
            yield {
                "theme_id": "sick_leave", "municipality": places[document], "document_id": document,
                "challenge_id": f"{challenge}-00000", "challenge_paragraph": challenge,
                "measure_id": f"{measure}-00000", "measure_paragraph": measure, "measure": "mentorordning",
                "link": "item", "score": 0.7,
            }  # fmt: skip


def theme_rows(*identities: str) -> list[dict]:
    return [
        {"theme_id": i, "origin": "codebook", "da": i, "en": i, "definition": i, "terms": [], "representatives": [],
         "paragraphs": 0, "documents": 0, "meetings": 0, "years": 0, "replaces": []} for i in identities
    ]  # fmt: skip


def workspace_at(root: Path) -> Workspace:
    corpus = root / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    return Workspace.at(root, corpus)


def fill(corpus: Corpus) -> None:
    """Two municipalities that can be compared, one that cannot, and everything that is not counted."""
    for n in range(6):
        corpus.add("Aarhus", ["sick_leave", "sick_leave", "", "school", "recruitment", "sick_leave"][n % 2 :])
        corpus.add("København", ["budget", "school", "", "sick_leave" if n < 2 else "", "retention", "budget"],
                   extra=[SHARED] if n == 5 else [], closed=[CLOSED] if n == 5 else [])  # fmt: skip
    corpus.add("Ballerup", ["sick_leave", "budget"], kind="politik", extra=HOSTILE, title=HOSTILE[0], body=None)
    corpus.add("Ballerup", ["retention", ""], kind="politik", date=None, ocr_pages=1, extra=[SHARED])
    corpus.add("Aarhus", ["budget"], external=True, title="Høringssvar fra en forening")
    corpus.add("Aarhus", ["budget"], near_duplicate_of="0" * 16, similarity=0.93)
    corpus.add(None, ["budget", ""], title="Uden afsender")
    corpus.add(None, ["school"], language="nb", title="Notat om barnehagene")
    corpus.add("Aarhus", [], status="quarantined", reason="Filen er beskadiget: åbn og gem den igen", words=0,
               title="<b>oedelagt</b>.pdf")  # fmt: skip
    # A quarantined file has no paragraphs.
    last = corpus.rows["documents"][-1]["document_id"]
    for name in ("paragraphs", "edits"):
        corpus.rows[name] = [row for row in corpus.rows[name] if row["document_id"] != last]
    kept = {row["paragraph_id"] for row in corpus.rows["paragraphs"]}
    corpus.rows["tokens"] = [row for row in corpus.rows["tokens"] if row["paragraph_id"] in kept]
    corpus.rows["documents"][0]["paths"] = ["mappe/dok_00.txt", "mappe/kopi af dok_00.txt"]


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> Workspace:
    """A whole run with its report."""
    workspace = workspace_at(tmp_path_factory.mktemp("run"))
    (workspace.corpus / ".temaspejl-notice").write_text("Eksempelkorpus: alt er konstrueret.\n", encoding="utf-8")
    corpus = Corpus()
    fill(corpus)
    corpus.write(workspace, theme_rows("sick_leave", "recruitment", "retention", "budget", "school"))
    run_report(workspace)
    return workspace


@pytest.fixture(scope="session")
def site(run) -> Path:
    return run.reports / "site"


@pytest.fixture(scope="session")
def small_run(tmp_path_factory) -> Workspace:
    """One document each from three towns, all of different kinds: nothing may be compared."""
    workspace = workspace_at(tmp_path_factory.mktemp("small"))
    corpus = Corpus()
    for place, kind in (("Aarhus", "referat"), ("Ballerup", "politik"), ("København", "notat")):
        corpus.add(place, ["sick_leave", "budget", "school"], kind=kind)
    corpus.write(workspace, theme_rows("sick_leave", "budget", "school"))
    run_report(workspace)
    return workspace
