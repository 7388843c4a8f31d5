"""What the report shows, as plain dataclasses: built once from the tables, read by every format."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.report.language import Language

HIDDEN = "small_group"  # the note of a cell whose figures are not given

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: as it stood (`before` is None), or repaired from `before` by `rule`."""

    text: str
    before: str | None = None
    rule: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A repair that was not made: its confidence (0-1) was below the threshold."""

    before: str
    after: str
    rule: str
    confidence: float


@dataclass(frozen=True)
class Tag:
    """One theme of one paragraph, with the tone towards it; `tone` and `act` are empty where none was scored."""

    theme: str
    score: float
    rank: int
    tone: str
    tone_score: float | None
    holder: str | None
    evidence: str
    act: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph.

    `uncounted` is a key of labels.uncounted, empty where the paragraph is counted; `shared` is the id of the passage
    that it has in common with another municipality, empty where there is none. `struck` are the spans of `raw` whose
    words were repaired or removed.
    """

    id: str
    document: str
    part: str
    voice: str
    page: int
    agenda_item: str | None
    headings: tuple[str, ...]
    role: str
    form: str
    text: str
    raw: str
    struck: tuple[tuple[int, int], ...]
    pieces: tuple[Piece, ...]
    tags: tuple[Tag, ...]
    suggestions: tuple[Suggestion, ...]
    uncounted: str
    shared: str

    @property
    def altered(self) -> bool:
        """Whether the raw text has other words: repaired ones, removed page headers."""
        return bool(self.struck)

    @property
    def repairs(self) -> int:
        """Number of marked repairs."""
        return sum(piece.before is not None for piece in self.pieces)

    def tag(self, theme: str) -> Tag | None:
        """Return the paragraph's tag for a theme, None where it has not got it."""
        return next((tag for tag in self.tags if tag.theme == theme), None)


@dataclass(frozen=True)
class Part:
    """A document inside a bundle: an agenda, a memo, a mail."""

    id: str
    title: str
    kind: str
    date: datetime.date | None
    author: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Document:
    """One distinct content: its row in `documents` and in `quality` (None where that was not measured).

    `uncounted` is a key of labels.uncounted, empty where at least one of its paragraphs is counted; `closed` is the
    number of paragraphs of closed agenda items, which are left out of `parts` in the shared edition.
    """

    id: str
    row: Row
    parts: tuple[Part, ...]
    quality: Row | None
    uncounted: str
    closed: int

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in the order of the text."""
        return [paragraph for part in self.parts for paragraph in part.paragraphs]

    @cached_property
    def counted(self) -> list[Paragraph]:
        """The paragraphs that are counted."""
        return [paragraph for paragraph in self.paragraphs if not paragraph.uncounted]

    @property
    def themes(self) -> dict[str, int]:
        """How many of the counted paragraphs have each theme, the commonest first."""
        counts = Counter(tag.theme for paragraph in self.counted for tag in paragraph.tags)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def year(self) -> int | None:
        """Year of the document's date."""
        return self.row["date"].year if self.row["date"] else None


@dataclass(frozen=True)
class Municipality:
    """One municipality. `index` chooses its colour and mark, the same everywhere."""

    name: str
    slug: str
    index: int
    documents: tuple[Document, ...]

    @property
    def counted_documents(self) -> list[Document]:
        """The documents whose paragraphs are counted."""
        return [document for document in self.documents if not document.uncounted]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The counted paragraphs."""
        return [paragraph for document in self.documents for paragraph in document.counted]


@dataclass(frozen=True)
class Theme:
    """One theme of the codebook or discovered.

    `paragraphs`, `documents`, `meetings` and `years` count over all municipalities (no years where the documents have
    no dates or the years' figures are withheld); `representatives` are the ids of paragraphs that stand for it, the
    clearest first. Its definition is in Danish.
    """

    id: str
    origin: str
    da: str
    en: str
    definition: str
    terms: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    representatives: tuple[str, ...]
    paragraphs: int
    documents: int
    meetings: int
    years: int
    share: float


@dataclass(frozen=True)
class Pair:
    """A sentence that says what is difficult, and one that names a measure against it, which a model paired.

    `name` is the measure as named, empty where the sentence names none; `link` says what joins the two: sentence,
    paragraph or item; `score` how sure the pair is, 0-1.
    """

    theme: str
    municipality: str
    challenge: Paragraph
    challenge_text: str
    measure: Paragraph
    measure_text: str
    name: str
    link: str
    score: float


@dataclass(frozen=True)
class Versions:
    """What the report was made from: content hashes and names, never a clock."""

    program: str
    run: str
    configs: str
    corpus: str
    models: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """Everything that is shown.

    `cells` maps (theme, municipality) to its row of `comparisons` for all years, `periods` maps (theme, municipality,
    period) to those of single years and half-years. `differences` and `cooccurrences` are grouped by theme, `keyness`
    and `measures` by (theme, municipality), `tone_groups` by (theme, municipality, dimension), `shared` by passage.
    `redacted` counts the spans of personal data by kind, `closed` the paragraphs of closed agenda items left out.
    `lexicon` says what a search finds a word form under (see the module lexicon); above `inline_paragraphs`, the
    documents' data lie beside the page.
    """

    language: Language
    edition: str
    title: str
    notice: str
    quotes: int
    confidence: float
    minimum: int
    documents: tuple[Document, ...]
    municipalities: tuple[Municipality, ...]
    themes: tuple[Theme, ...]
    cells: Mapping[tuple[str, str], Row]
    periods: Mapping[tuple[str, str, str], Row]
    differences: Mapping[str, Sequence[Row]]
    keyness: Mapping[tuple[str, str], Sequence[Row]]
    cooccurrences: Mapping[str, Sequence[Row]]
    measures: Mapping[tuple[str, str], tuple[Pair, ...]]
    shared: Mapping[str, tuple[Paragraph, ...]]
    tone_groups: Mapping[tuple[str, str, str], Sequence[Row]]
    validation: Sequence[Row]
    changes: Sequence[Row]
    redacted: Mapping[str, int]
    closed: int
    lexicon: Mapping[str, str]
    inline_paragraphs: int
    versions: Versions

    def theme(self, theme_id: str) -> Theme:
        """Return a theme by its id."""
        return next(theme for theme in self.themes if theme.id == theme_id)

    def place(self, name: str | None) -> Municipality | None:
        """Return a municipality by its name, None for a name that no document bears."""
        return next((place for place in self.municipalities if place.name == name), None)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the themes by id, in the report's language."""
        return {theme.id: theme.en if self.language.code == "en" else theme.da for theme in self.themes}

    @cached_property
    def compared(self) -> list[Municipality]:
        """The municipalities with at least one counted paragraph, alphabetically."""
        return [place for place in self.municipalities if place.paragraphs]

    @cached_property
    def computed(self) -> list[Row]:
        """The differences that could be computed, over all themes."""
        return [row for rows in self.differences.values() for row in rows if row["difference"] is not None]

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The themes of which some municipality's figures are withheld: no sum may give them away either."""
        return frozenset(theme for (theme, _), row in self.cells.items() if row["note"] == HIDDEN)

    @cached_property
    def counted(self) -> list[Paragraph]:
        """Every counted paragraph."""
        return [paragraph for document in self.documents for paragraph in document.counted]
