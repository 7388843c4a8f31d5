"""Read the source texts of the sample: YAML front matter, then labelled blocks in a small Markdown subset.

A block is a heading, a paragraph, a bullet, a numbered item or a table. A comment above a block is its gold label:
`<!-- sick_leave, leadership | negative -->`, or `<!-- none -->`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml

Form = Literal["heading", "paragraph", "bullet", "item", "table"]
TONES = ("positive", "neutral", "negative", "mixed")
ROLES = ("Sagsfremstilling", "Indstilling", "Beslutning", "Økonomi")
KEYS = {"file", "format", "municipality", "date", "kind", "title", "split", "header", "footer", "of", "layout"}

COMMENT = re.compile(r"<!--(.*)-->\s*$")
HEADING = re.compile(r"(#{1,4}) +(.+)")
BULLET = re.compile(r"( *)[-*•] +(.+)")
MONTH = "(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
ITEM = re.compile(rf"( *)(\d{{1,2}})[.)] +(?!{MONTH}\b|kvartal\b|klasse\b)(.+)")
STARTS = re.compile(rf"\s*[-*•] |#{{1,4}} |\||{ITEM.pattern}")
INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|(?<![\w*])\*(?P<italic>[^*\n]+?)\*(?![\w*])", re.DOTALL)


class SourceError(ValueError):
    """A source text breaks the format; the message names the file, the line and what to mend."""


@dataclass(frozen=True)
class Label:
    """Themes of a block, the main one first, and its tone; no theme and an empty tone for `none`."""

    themes: tuple[str, ...]
    tone: str


@dataclass(frozen=True)
class Block:
    """One block; `text` keeps its inline markup and line breaks, `rows` are a table's cells, `line` is 1-based."""

    form: Form
    text: str
    label: Label | None
    line: int
    level: int = 1
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it heads what follows: a heading, or a line by itself that is bold or names the role of a section."""
        bold = self.form == "paragraph" and re.fullmatch(r"\*\*[^*\n]+\*\*", self.text)
        return self.form == "heading" or bool(bold) or self.text in ROLES


@dataclass(frozen=True)
class Source:
    """One document to render; `file` is its place below the sample folder, `of` the file that a copy repeats.

    `layout` asks for one trouble more: `double` (a blank line after every line of a text file) or `ligatures`
    (joined letters in a PDF or text file).
    """

    path: Path
    file: str
    format: str
    municipality: str
    date: str
    kind: str
    title: str
    split: str
    header: str
    footer: str
    of: str
    layout: str
    blocks: tuple[Block, ...]

    @property
    def labelled(self) -> bool:
        """Whether the document carries gold labels."""
        return any(block.label for block in self.blocks)


def read_sources(folder: Path) -> list[Source]:
    """Read every source below a folder, sorted by the file that it becomes; SourceError for a broken one.

    A copy takes all but its place from the source that it repeats.
    """
    sources = sorted((read_source(path) for path in folder.rglob("*.md")), key=lambda source: source.file)
    files = [source.file for source in sources]
    if twice := {file for file in files if files.count(file) > 1}:
        raise SourceError(f"two sources become the same file: {', '.join(sorted(twice))}")
    by_file = {source.file: source for source in sources}
    if lost := [source.path for source in sources if source.of and source.of not in by_file]:
        raise SourceError(f"{lost[0]}: no source becomes the file that `of` names")
    return [replace(by_file[source.of], file=source.file, of=source.of) if source.of else source for source in sources]


def read_source(path: Path) -> Source:
    """Read one source text; SourceError where the front matter or a block breaks the format."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        raise SourceError(f"{path}: no front matter between two lines of ---")
    meta: dict[str, Any] = yaml.safe_load(match[1])
    if unknown := meta.keys() - KEYS:
        raise SourceError(f"{path}: unknown key {', '.join(sorted(unknown))}")
    first_line = match[0].count("\n") + 1
    blocks = _Parser(path).parse(text[match.end() :].split("\n"), first_line)
    _check_labels(path, blocks)
    known = {key: _text(meta.get(key)) for key in KEYS}
    return Source(path=path, blocks=tuple(blocks), **known)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _check_labels(path: Path, blocks: list[Block]) -> None:
    if not any(block.label for block in blocks):
        return
    for block in blocks:
        if block.label is None and block.form != "heading":
            raise SourceError(f"{path}:{block.line}: no label above {block.text[:50]!r}")


class _Parser:
    """Collects lines into blocks; one comment belongs to the one block below it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.blocks: list[Block] = []
        self.label: Label | None = None
        self.lines: list[str] = []
        self.start = 0

    def parse(self, lines: list[str], first_line: int) -> list[Block]:
        for number, line in enumerate(lines, first_line):
            if comment := COMMENT.match(line):
                self._close()
                self._take_label(comment[1], number)
            elif not line.strip():
                self._close()
            else:
                if self.lines and STARTS.match(line) and not self._continues_table(line):
                    # A list of contents is one `none` for all its lines.
                    none = self.label if self.label and not self.label.themes else None
                    self._close()
                    self.label = none
                self.start = self.start if self.lines else number
                self.lines.append(line.rstrip())
        self._close()
        if self.label:
            raise SourceError(f"{self.path}: a label at the end has no block")
        return self.blocks

    def _continues_table(self, line: str) -> bool:
        return line.startswith("|") and self.lines[0].startswith("|")

    def _take_label(self, content: str, number: int) -> None:
        if self.label:
            raise SourceError(f"{self.path}:{number}: two labels for one block")
        if content.strip() == "none":
            self.label = Label((), "")
            return
        themes, _, tone = content.partition("|")
        label = Label(tuple(theme.strip() for theme in themes.split(",")), tone.strip())
        if label.tone not in TONES or not all(re.fullmatch(r"[a-z][a-z0-9_]*", theme) for theme in label.themes):
            raise SourceError(f"{self.path}:{number}: not a label: {content.strip()!r}")
        if not 1 <= len(set(label.themes)) == len(label.themes) <= 3:
            raise SourceError(f"{self.path}:{number}: one to three different themes, not {content.strip()!r}")
        self.label = label

    def _close(self) -> None:
        if self.lines:
            self.blocks.append(_block(self.lines, self.label, self.start))
            self.label, self.lines = None, []


def _block(lines: list[str], label: Label | None, line: int) -> Block:
    first = lines[0]
    if first.startswith("|"):
        rows = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in lines]
        body = tuple(row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row))
        return Block("table", " ".join(" ".join(row) for row in body), label, line, rows=body)
    if match := HEADING.fullmatch(first):
        return Block("heading", match[2], label, line, level=len(match[1]))
    continued = [part.strip() for part in lines[1:]]
    if match := BULLET.fullmatch(first):
        return Block("bullet", " ".join([match[2], *continued]), label, line, level=len(match[1]) // 2 + 1)
    if match := ITEM.fullmatch(first):
        level = len(match[1]) // 2 + 1
        return Block("item", " ".join([match[3], *continued]), label, line, level=level, number=match[2])
    return Block("paragraph", "\n".join([first, *continued]), label, line)


def inline_runs(text: str) -> list[tuple[str, str]]:
    """Cut a text into (piece, style) where style is empty, `bold` or `italic`."""
    runs, end = [], 0
    for match in INLINE.finditer(text):
        runs.append((text[end : match.start()], ""))
        runs.append((match["bold"], "bold") if match["bold"] else (match["italic"], "italic"))
        end = match.end()
    return [run for run in [*runs, (text[end:], "")] if run[0]]


def plain(text: str) -> str:
    """Return a text without inline markup."""
    return "".join(piece for piece, _ in inline_runs(text))
