"""Makes the small documents beside this script, once: `python tests/data/make.py`. All text in them is constructed."""

from __future__ import annotations

import io
import textwrap
from pathlib import Path

import docx
import pypdfium2
from docx.shared import Pt
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph, SimpleDocTemplate

HERE = Path(__file__).parent
STYLES = getSampleStyleSheet()
TITLE = "Referat af møde i MED-udvalget for dagtilbud"
INTRODUCTION = (
    "Konstrueret eksempel. Ballerup Kommune, Rådhuset, Hold-an Vej 7, 2750 Ballerup. Mødet blev holdt den 12. maj 2022 "
    "med deltagelse af ledere og medarbejdere fra områdets børnehaver."
)
ABSENCE = (
    "Sygefraværet er faldet gennem året, og lederne følger op med samtaler tidligt i forløbet. Medarbejderne oplever "
    "større tryghed, men der er fortsat afdelinger, hvor det er svært at få vagtplanen til at gå op."
)
RECRUITMENT = (
    "Det er blevet vanskeligere at rekruttere uddannede pædagoger, og flere stillinger er slået op igen. Udvalget "
    "drøftede, om seniorordninger og flere fuldtidsstillinger kan få erfarne kolleger til at blive længere."
)
EVERYTHING = (TITLE, INTRODUCTION, "Sygefravær", ABSENCE, "Rekruttering", RECRUITMENT)


def _flow(paragraph_style: str = "BodyText") -> list[Paragraph]:
    styles = ("Title", paragraph_style, "Heading2", paragraph_style, "Heading2", paragraph_style)
    return [Paragraph(text, STYLES[style]) for text, style in zip(EVERYTHING, styles, strict=True)]


def _save(document: SimpleDocTemplate | BaseDocTemplate, flow: list[object]) -> None:
    document.build(flow, canvasmaker=lambda *a, **k: canvas.Canvas(*a, **{**k, "invariant": 1}))


def digital() -> None:
    _save(SimpleDocTemplate(str(HERE / "digital.pdf"), pagesize=A4), _flow())


def two_columns() -> None:
    document = BaseDocTemplate(str(HERE / "two_columns.pdf"), pagesize=A4)
    frames = [Frame(60, 700, 475, 90), Frame(60, 250, 225, 440), Frame(310, 250, 225, 440), Frame(60, 120, 475, 120)]
    document.addPageTemplates([PageTemplate(frames=frames)])
    title, introduction, absence_heading, absence, recruitment_heading, recruitment = _flow()
    last = [Paragraph("Fælles afslutning", STYLES["Heading2"]), Paragraph(INTRODUCTION, STYLES["BodyText"])]
    flow = [title, introduction, FrameBreak(), absence_heading, absence, absence, absence, FrameBreak()]
    flow += [recruitment_heading, recruitment, recruitment, recruitment, FrameBreak(), *last]
    _save(document, flow)


def _picture() -> Image.Image:
    page = pypdfium2.PdfDocument(HERE / "digital.pdf")[0]
    return page.render(scale=200 / 72, grayscale=True).to_pil().convert("1")


def _on_page(name: str, layer: str = "", **options: object) -> None:
    page = canvas.Canvas(str(HERE / name), pagesize=A4, invariant=1, **options)
    page.drawImage(ImageReader(_picture()), 0, 0, *A4)
    if layer:
        text = page.beginText(72, 750)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 10)
        for line in textwrap.wrap(layer, 80):
            text.textLine(line)
        page.drawText(text)
    page.save()


def scanned() -> None:
    _on_page("scanned.pdf")
    _picture().save(HERE / "scanned.png", optimize=True)


def bad_layer() -> None:
    without_danish_letters = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "AE", "Ø": "O", "Å": "A"})
    _on_page("bad_layer.pdf", " ".join(EVERYTHING).translate(without_danish_letters))


def locked() -> None:
    page = canvas.Canvas(str(HERE / "locked.pdf"), pagesize=A4, invariant=1, encrypt="hemmelig")
    page.drawString(72, 700, TITLE)
    page.save()


def truncated() -> None:
    content = (HERE / "digital.pdf").read_bytes()
    (HERE / "truncated.pdf").write_bytes(content[: len(content) * 2 // 3])


def word() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ballerup Kommune · Børn og Unge"
    document.sections[0].footer.paragraphs[0].text = "Konstrueret eksempel"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(TITLE, 0)
    document.add_paragraph(INTRODUCTION)
    document.add_heading("Sygefravær", 1)
    document.add_paragraph(ABSENCE)
    for text in ("Tidlige samtaler", "Fælles vagtplan"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("Udvalget tog orienteringen til efterretning", "Punktet tages op igen til efteråret"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 3)
    for row, texts in zip(table.rows, (("Område", "Mål", "2022"), ("Dagtilbud", "Fravær", "4,1")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("Rekruttering", 1)
    document.add_paragraph(RECRUITMENT)
    stream = io.BytesIO()
    document.save(stream)
    (HERE / "word.docx").write_bytes(stream.getvalue())


def page() -> None:
    source = f"""<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Skjult titel</title><style>p {{ margin: 0 }}</style></head>
<body>
<nav><a href="/">Forside</a> <a href="/kontakt">Kontakt</a></nav>
<h1>{TITLE}</h1>
<p>{INTRODUCTION}</p>
<h2>Sygefravær</h2>
<p>{ABSENCE}</p>
<ul><li>Tidlige samtaler</li><li>Fælles vagtplan</li></ul>
<table><tr><th>Område</th><th>Mål</th></tr><tr><td>Dagtilbud</td><td>4,1</td></tr></table>
<script>let skjult = 1;</script>
</body></html>
"""
    (HERE / "page.html").write_text(source, encoding="utf-8", newline="\n")


def texts() -> None:
    table = "<table>\n<tr><td>Område</td><td>Mål</td></tr>\n</table>"
    markdown = f"# {TITLE}\n\n{INTRODUCTION}\n\n{table}\n\n- Tidlige samtaler\n"
    (HERE / "notes.md").write_text(markdown, encoding="utf-8", newline="\n")
    plain = "\n\n".join(EVERYTHING) + "\n"
    (HERE / "latin1.txt").write_bytes(plain.encode("latin-1"))
    (HERE / "utf16.txt").write_bytes(plain.encode("utf-16"))
    (HERE / "crlf_bom.txt").write_bytes(plain.replace("\n", "\r\n").encode("utf-8-sig"))


if __name__ == "__main__":
    for make in (digital, two_columns, scanned, bad_layer, locked, truncated, word, page, texts):
        make()
