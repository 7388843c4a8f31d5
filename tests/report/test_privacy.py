"""What nobody may find in the shared edition, and what stays as it was: offsets, edits, office holders, small words."""

from __future__ import annotations

import json
import socket
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.offsets import Edit, apply
from pipeline.report import marks, privacy, texts
from pipeline.report.__main__ import run as run_report
from pipeline.report.privacy import groups, names, offices, recognisers
from pipeline.report.privacy.document import Document
from pipeline.report.privacy.masks import Masks, masked, masked_edit
from pipeline.report.privacy.names import Entities
from pipeline.settings import Report as Settings
from pipeline.workspace import Workspace
from tests.report.conftest import Corpus, fill, theme_rows, workspace_at

DOMAINS = ("aarhus.dk",)
PERSON, CPR, PHONE, MAIL = "Merethe Vindblad", "120385-1234", "23 45 67 89", "vindblad@gmail.com"
SAID = f"{PERSON} fortalte om sygefraværet. Vindblad kan nås på tlf. {PHONE} og {MAIL}, cpr {CPR}, siger Merethe."
LEFT_OVER = ("Vindblad", "Merethe", "vindblad", CPR, PHONE, "120385", "67 89")


def numbers(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind, _ in recognisers.numbers(text, DOMAINS)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Cpr 010190-1234.", "cpr", "010190-1234"),
        ("født 0101901234", "cpr", "0101901234"),
        ("(290200 1234)", "cpr", "290200 1234"),
        ("010190-XXXX", "cpr", "010190-XXXX"),
        ("tlf. 23456789", "phone", "23456789"),
        ("træffes på 23 45 67 89 hele dagen", "phone", "23 45 67 89"),
        ("+45 2345 6789", "phone", "+45 2345 6789"),
        ("skriv til anne.holm@aarhus.dk", "email", "anne.holm@aarhus.dk"),
        ("bor Peder Lykkes Vej 12, 2. th, 2300 København S", "address", "Peder Lykkes Vej 12, 2. th, 2300 København S"),
        ("reg.nr. 9570 konto 0012345678", "account", "9570 konto 0012345678"),
    ],
)
def test_what_has_a_form_is_found(text: str, kind: str, found: str) -> None:
    assert numbers(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "sagsnr. 23456789 og EAN 5798004321567, CVR 29189668",
        "81.38.00-P35-3-24",
        "i alt 12.345.678 kr. mod 23 45 67 89 kr.",
        "2021 2022",
        "320190-1234",
        "310290-1234",
        "skriv til borgerservice@aarhus.dk",
        "på Skovvangskolen, Skovvangsvej 150",
        "konto 3.22.01",
    ],
)
def test_numbers_that_are_nobodys_stay(text: str) -> None:
    assert numbers(text) == []


def test_nothing_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    recognisers._engine.cache_clear()
    assert len(numbers(f"{MAIL} og anne@skole.kommune.dk, {PHONE}, {CPR}")) == 4


def persons(text: str) -> list[str]:
    found = names.mentions(text, Entities(), frozenset({"Viby", "Ballerup"}))
    return [text[m.start : m.end] for m in found if not m.held]


def test_office_holders_stay_and_others_go() -> None:
    assert persons("Borgmester Karla Munkebo og rådmand Ali Demir bød velkommen.") == []
    assert persons("Karla Munkebo (A) spurgte, og Ole Birk (løsgænger) svarede.") == []
    assert persons("Skolechef Karla Munkebo og skoleleder Birthe Dalum deltog.") == ["Birthe Dalum"]
    assert persons("Tillidsrepræsentant Birthe Dalum, souschef Ole Birk") == ["Birthe Dalum", "Ole Birk"]
    assert persons("Ballerup Kommune, Viby Skole og Danmarks Lærerforening") == []


def test_what_is_no_person_stays() -> None:
    assert (
        persons("De faglige organisationer og Ledelsen er enige. AMO og MED mødes. Vi bruger Google Education.") == []
    )
    assert persons("børn fra Hedegården og Amagerbro, og en app som Smart IT") == []
    assert persons("Deltagere: Birthe Dalum (Bækkens Smil), Ole Birk (leder)") == ["Birthe Dalum", "Ole Birk"]
    assert persons("Birthe Dalum, faglig sekretær\n\nFælles Læringsindsats") == ["Birthe Dalum"]
    assert persons("næstforperson Amina Sæderup\nHøringssvaret er sendt.") == ["Amina Sæderup"]


def test_a_title_alone_in_a_list_is_not_the_next_ones_office() -> None:
    assert persons("Deltagere: Rådmanden, direktøren, Karla Munkebo, Ole Birk") == ["Karla Munkebo", "Ole Birk"]
    assert persons("Direktør Karla Munkebo") == []


def test_an_office_holders_name_stays_whole_though_others_share_a_part_of_it() -> None:
    raw = "Rådmand Karla Dalum Munkebo og lærer Birthe Dalum mødtes. Dalum skrev referat."
    shown = marks.shown(document(raw).raw_pages([raw])[0])
    assert shown.startswith("Rådmand Karla Dalum Munkebo og lærer [navn] mødtes.")


def test_only_a_political_committees_list_gives_an_office() -> None:
    listed = "\nTil stede: Karla Munkebo, Ole Birk\nFra forvaltningen: Birthe Dalum\n"
    assert persons("Børne- og Ungeudvalget" + listed) == ["Birthe Dalum"]
    assert persons("LokalMED på Viby Skole" + listed) == ["Karla Munkebo", "Ole Birk", "Birthe Dalum"]
    assert not offices.is_political("Referat af skolebestyrelsesmøde med Børne- og Ungeudvalget")


def document(raw: str, edits: list[Edit] = []) -> Document:  # noqa: B006
    return Document([raw], edits, [], {}, frozenset(), DOMAINS)


def test_a_person_goes_under_every_name() -> None:
    raw = (
        "Deltagere: Sigrun Thorlaksen (ST), Bo Lund\nST spurgte. Sigruns plan. Thorlaksens og Th0rlaksen. Lund og eng."
    )
    shown = marks.shown(document(raw).raw_pages([raw])[0])
    assert shown == "Deltagere: [navn] ([navn]), [navn]\n[navn] spurgte. [navn] plan. [navn] og [navn]. Lund og eng."


def test_file_names_and_titles_are_redacted() -> None:
    one = document(f"Samtale med {PERSON}. ")
    assert marks.shown(one.file_name("sager/Merethe_Vindblad_samtale.docx")) == "sager/[navn]_samtale.docx"
    assert "indblad" not in marks.shown(one.file_name("sager/samtale-merethe-vindblad.pdf"))
    assert marks.shown(one.file_name("2023/referat_lokalmed.pdf")) == "2023/referat_lokalmed.pdf"
    assert marks.shown(one.text("Klage fra Merethe Vindblad")) == "Klage fra [navn]"


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit], list[tuple[int, int, str]]]:
    """A raw text, edits of it that do not overlap, and spans to take out."""
    raw = draw(st.text("abÆ \n-1", min_size=1, max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    edits = [
        Edit(a, b, raw[a:b], draw(st.text("xyø \n", max_size=4)), "ocr", 0.9, draw(st.booleans())) for a, b in pairs
    ]
    spans = draw(st.lists(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)), st.just("name")), max_size=3))
    return raw, edits, [(min(a, b), max(a, b), kind) for a, b, kind in spans]


@given(edited())
@settings(deadline=None)
def test_span_and_edits_are_the_text_whatever_is_taken_out(case: tuple) -> None:
    raw, edits, spans = case
    clean = apply(raw, edits)
    masks = Masks(raw, clean, edits)
    masks.add(spans, [])
    shift, changed = 0, []
    for edit in edits:
        before, after = masked_edit(edit, masks, edit.start + shift if edit.applied else None)
        shift += len(edit.after) - len(edit.before) if edit.applied else 0
        assert (len(before), len(after)) == (len(edit.before), len(edit.after))
        changed.append(Edit(edit.start, edit.end, before, after, edit.rule, edit.confidence, edit.applied))
    redacted = masked(raw, masks.raw)
    assert len(redacted) == len(raw)
    assert all(redacted[start:end].strip("\ue001") == redacted[start:end] for start, end, _ in spans)
    assert all(redacted[i] == marks.MARKS["name"] for start, end, _ in spans for i in range(start, end))
    assert apply(redacted, changed) == masked(clean, masks.clean)
    assert all(change.before == redacted[change.start : change.end] for change in changed)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two municipalities; a person in a text, a title, a file name; a closed item; forged redaction characters."""
    corpus = Corpus()
    corpus.add(
        "Aarhus", ["sick_leave", "recruitment"], extra=[SAID, "Hemmeligt forhold.", "Navn \uea01\uea01 her"],
        title=f"Samtale med {PERSON}", path="sager/merethe_vindblad.txt", paths=["sager/merethe_vindblad.txt"],
    )  # fmt: skip
    corpus.add("København", ["sick_leave", "budget"])
    for row in corpus.rows["paragraphs"]:
        row["closed"] = row["text"] == "Hemmeligt forhold."
    corpus.rows["sentences"] = [
        {"sentence_id": f"{row['paragraph_id']}-00000", "paragraph_id": row["paragraph_id"], "start": 0,
         "end": len(row["text"]), "text": row["text"]} for row in corpus.rows["paragraphs"]
    ]  # fmt: skip
    workspace = workspace_at(tmp_path_factory.mktemp("privacy"))
    corpus.write(workspace, theme_rows("sick_leave", "recruitment", "budget"))
    workspace.write("changes", [])
    workspace.write("comparisons", [])
    workspace.write("differences", [])
    return workspace


TABLES = ("documents", "pages", "cleaned", "edits", "paragraphs", "sentences", "tokens", "tones", "themes", "changes")


def test_nothing_of_a_found_name_remains_in_any_table(workspace: Workspace) -> None:
    view = privacy.view(workspace)
    assert view.edition == "shared"
    for table in TABLES:
        content = texts.visible(json.dumps(view.rows(table), ensure_ascii=False, default=str))
        assert not [word for word in (*LEFT_OVER, "Hemmeligt") if word in content], table
    assert view.closed == 1
    assert view.redacted == {"cpr": 1, "email": 1, "name": 3, "phone": 1}
    shown = [texts.visible(row["text"]) for row in view.rows("paragraphs")]
    assert "[lukket punkt]" in shown
    assert any(
        text.startswith("[navn] fortalte om sygefraværet. [navn] kan nås på tlf. [telefonnummer]") for text in shown
    )
    assert "Navn \ufffd\ufffd her" in shown


def test_offsets_and_other_texts_are_as_they_were(workspace: Workspace) -> None:
    view = privacy.view(workspace)
    raw = {row["document_id"]: row["raw_text"] for row in view.rows("pages")}
    for before, after in zip(workspace.rows("pages"), view.rows("pages"), strict=True):
        assert len(before["raw_text"]) == len(after["raw_text"])
    edits = [(row.pop("document_id"), Edit(**row)) for row in view.rows("edits")]
    for before, after in zip(workspace.rows("paragraphs"), view.rows("paragraphs"), strict=True):
        own = [edit for identity, edit in edits if identity == after["document_id"]]
        assert len(after["text"]) == len(before["text"])
        assert apply(raw[after["document_id"]], own, after["raw_start"], after["raw_end"]).strip() == after["text"]
    assert view.read("paragraphs").schema == workspace.read("paragraphs").schema
    for row in view.redactions:
        assert set(raw[row["document_id"]][row["start"] : row["end"]]) == {marks.MARKS[row["kind"]]}
    workspace.write("redactions", view.redactions)


def test_nothing_of_a_found_name_remains_in_what_the_stage_writes(tmp_path: Path) -> None:
    corpus = Corpus()
    fill(corpus)
    corpus.add(
        "Aarhus", ["sick_leave", "budget"], extra=[SAID], title=f"Samtale med {PERSON}",
        path="sager/merethe_vindblad.txt", paths=["sager/merethe_vindblad.txt"],
    )  # fmt: skip
    workspace = workspace_at(tmp_path)
    corpus.write(workspace, theme_rows("sick_leave", "recruitment", "retention", "budget", "school"))
    run_report(workspace)
    files = [file for file in workspace.reports.rglob("*") if file.is_file()]
    assert len(files) > 20
    for file in files:
        for name, content in parts(file):
            assert not [word for word in LEFT_OVER if word.encode() in content], f"{file.name} {name}"
            assert not [mark for mark in marks.MARKS.values() if mark.encode() in content], f"{file.name} {name}"
    assert "[navn] fortalte om" in (workspace.reports / "site/index.html").read_text(encoding="utf-8")
    assert {row["kind"] for row in workspace.rows("redactions")} == {"name", "phone", "email", "cpr"}


def parts(file: Path) -> list[tuple[str, bytes]]:
    """Return what a file holds, unpacked: office files are archives, Parquet compresses its columns."""
    if file.suffix == ".parquet":
        return [("", pl.read_parquet(file).write_json().encode())]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    return [("", file.read_bytes())]


def test_redacting_again_changes_nothing(workspace: Workspace) -> None:
    once = {row["document_id"]: row["raw_text"] for row in privacy.view(workspace).rows("pages")}
    again = {key: document(texts.visible(text)).raw_pages([texts.visible(text)])[0] for key, text in once.items()}
    assert {key: texts.visible(text) for key, text in again.items()} == {
        key: texts.visible(text) for key, text in once.items()
    }


def test_the_authorised_edition_is_the_tables_themselves(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_text("edition: authorised\n", encoding="utf-8")
    authorised = Workspace(**{**workspace.__dict__, "configs": tmp_path})
    view = privacy.view(authorised)
    assert view.rows("paragraphs") == workspace.rows("paragraphs")
    assert (view.edition, dict(view.redacted), view.redactions, view.closed) == ("authorised", {}, [], 0)


@pytest.mark.parametrize(
    "text", ["", "\x00", "A" * 10_000, "Anne " * 3000, "1 " * 5000, "\u202eenaH ennA", "<b>{{ x }}"]
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert len(document(text).raw_pages([text])[0]) == len(text)


def test_a_small_group_has_no_figure_on_health() -> None:
    row = {"theme_id": "sick_leave", "municipality": "Aarhus", "period": "alle", "theme_documents": 2, "share": 0.1,
           "documents": 8, "note": ""}  # fmt: skip

    class Run:
        def rows(self, name: str) -> list[dict]:
            return [row]

    def seen(**changed) -> dict:
        return groups.without_small("comparisons", [row | changed], Settings(), Run())[0]  # type: ignore[arg-type]

    assert (seen()["share"], seen()["theme_documents"], seen()["documents"]) == (None, None, 8)
    assert seen()["note"] == "small_group"
    assert seen(theme_documents=3)["share"] == 0.1
    assert seen(theme_documents=0)["note"] == ""
    assert seen(theme_id="budget")["share"] == 0.1
    pair = {"theme_id": "sick_leave", "municipality": "København", "other": "Aarhus", "difference": 0.1, "note": ""}
    assert groups.without_small("differences", [pair], Settings(), Run())[0]["difference"] is None  # type: ignore[arg-type]
    group = row | {"dimension": "act", "documents": 2}
    assert groups.without_small("tone_groups", [group], Settings(), Run()) == []  # type: ignore[arg-type]


def test_no_total_gives_a_withheld_figure_away() -> None:
    keys = {"theme_id": "sick_leave", "municipality": "Aarhus"}
    low = keys | {"period": "alle", "theme_documents": 2, "note": ""}
    other = keys | {"municipality": "Ballerup", "period": "alle", "theme_documents": 9, "note": ""}

    def seen(name: str, *rows: dict, cells: tuple[dict, ...] = (low, other)) -> list[dict]:
        class Run:
            def rows(self, _: str) -> list[dict]:
                return list(cells)

        return groups.without_small(name, list(rows), Settings(), Run())  # type: ignore[arg-type]

    theme = {"theme_id": "sick_leave", "paragraphs": 20, "documents": 11, "meetings": 9, "years": 3}
    assert set(seen("themes", theme)[0].values()) == {"sick_leave", None}
    assert seen("themes", theme, cells=(other,)) == [theme]
    change = {"subject": "sick_leave", "kind": "theme_grown", "before": 9, "now": 20}
    assert (seen("changes", change)[0]["before"], seen("changes", change)[0]["now"]) == (None, None)
    assert seen("validation", theme) == []
    assert seen("cooccurrences", {"theme_id": "budget", "other": "sick_leave", "documents": 8}) == []
    years = [other | {"period": year, "theme_documents": count} for year, count in (("2021", 2), ("2022", 7))]
    assert [row["note"] for row in seen("comparisons", *years, other)] == ["small_group", "small_group", ""]
    parts = [other | {"dimension": "act", "documents": count} for count in (2, 7)]
    assert seen("tone_groups", *parts) == []
    assert len(seen("tone_groups", parts[1])) == 1
