"""sentiment: sentences and paragraphs with a theme -> act, tone, score, holder and evidence."""

from __future__ import annotations

from collections import Counter, defaultdict

from pipeline.sentiment.loading import load
from pipeline.sentiment.scoring import About, score_sentences, tone_rows
from pipeline.sentiment.spans import RawSpans
from pipeline.sentiment.themes import stem_patterns
from pipeline.sentiment.tone import Limits
from pipeline.settings import Codebook, Sentiment
from pipeline.stages import shell
from pipeline.workspace import Workspace


def run(workspace: Workspace) -> str:
    """Write `sentence_tones` and `tones`; return a one-line summary."""
    _, head, lexicon = load(workspace)
    settings = workspace.settings(Sentiment)

    themes: dict[str, list[str]] = defaultdict(list)
    for row in workspace.rows("assignments"):
        themes[row["paragraph_id"]].append(row["theme_id"])
    patterns = stem_patterns({theme.id: theme.stems for theme in workspace.settings(Codebook).themes})
    paragraphs = [row for row in workspace.rows("paragraphs") if row["paragraph_id"] in themes]
    sentences = [row for row in workspace.rows("sentences") if row["paragraph_id"] in themes]
    vectors, paragraph_vectors = workspace.rows("sentence_embeddings"), workspace.rows("embeddings")
    scores = score_sentences(sentences, vectors, paragraph_vectors, head, lexicon)
    sentence_rows, rows = tone_rows(
        paragraphs,
        sentences,
        scores,
        About(themes, patterns),
        _spans(workspace),
        Limits(settings.neutral, settings.mixed),
    )
    workspace.write("sentence_tones", sentence_rows)
    workspace.write("tones", rows)
    tones = Counter({row["paragraph_id"]: row["tone"] for row in rows}.values())
    counted = ", ".join(f"{tones[tone]} {tone}" for tone in ("positive", "neutral", "negative", "mixed"))
    return f"{len(paragraphs)} paragraphs, {len(sentences)} sentences: {counted}"


def _spans(workspace: Workspace) -> dict[str, RawSpans]:
    raw: dict[str, list[str]] = defaultdict(list)
    for row in workspace.rows("pages"):
        raw[row["document_id"]].append(row["raw_text"])
    edits = defaultdict(list)
    for row in workspace.rows("edits"):
        edits[row["document_id"]].append(row)
    return {document_id: RawSpans("".join(pages), edits[document_id]) for document_id, pages in raw.items()}


if __name__ == "__main__":
    shell("sentiment")
