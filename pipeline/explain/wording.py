"""The trace of a paragraph as lines of text: English, document text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]

KINDS = {
    "description": "meaning, against all that describes the theme",
    "passage": "meaning, against the theme's nearest passages",
    "characters": "letters and parts of words",
    "stems": "the theme's stems",
}
PLACES = {
    "own": "in the paragraph", "heading": "in its heading", "lead": "in the line above the list",
    "above": "in headings further up", "previous": "in the paragraph before", "next": "in the paragraph after",
    "title": "in the title", "document": "in the rest of the document",
}  # fmt: skip
OBSTACLES = {
    "quarantined": "the document could not be read",
    "not_danish": "the document is not in Danish",
    "no_municipality": "the document's municipality was not found",
    "near_duplicate": "the document is nearly a copy of another",
    "heading": "it is a heading",
    "formalia": "it is formalia: participants, contents, times of the meeting",
    "external": "somebody else than the municipality speaks",
    "closed": "it stands under a closed agenda item",
    "shared": "the passage is shared with another municipality and is nobody's own voice",
}
NOTES = {
    "too_few": "too few documents for an interval",
    "not_mentioned": "not mentioned",
}
WEIGHTY = 0.1  # a place that adds less to the relevance of a theme is not named
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def lines(trace: Row) -> list[str]:
    """Return the trace as lines to print."""
    steps = (_source, _text, _words, _themes, _tones, _cells)
    return [f"Paragraph {trace['paragraph_id']}", *(line for step in steps for line in step(trace))]


def _shown(text: str) -> str:
    """Return document text on one line, as it stands but for what would move the terminal's cursor."""
    flat = text.replace("\r\n", "\n").replace("\f", "\n").replace("\n", "\u21b5")
    return f"»{_CONTROL.sub(lambda match: repr(match[0])[1:-1], flat)}«"


def _heading(number: int, title: str) -> list[str]:
    return ["", f"{number}. {title}"]


def _source(trace: Row) -> Iterator[str]:
    document, place = trace["document"], trace["place"]
    yield from _heading(1, "File")
    yield f"   {'; '.join(map(_path, document['paths']))}"
    yield f"   {_shown(document['title'])}, {document['kind']}, {document['body'] or 'no committee found'}"
    yield f"   municipality {document['municipality'] or 'unknown'} (from {_shown(document['municipality_evidence'])})"
    yield f"   date {document['date'] or 'unknown'}" + (
        f" (from {_shown(document['date_evidence'])})" if document["date"] else ""
    )
    way = [step for step in (place["agenda_item"], *place["heading_path"]) if step]
    yield f"   page {place['page']}, {place['form']}, role {place['role']}, voice {place['voice']}"
    if way:
        yield f"   under {' > '.join(map(_shown, dict.fromkeys(way)))}"


def _path(path: str) -> str:
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], path.replace("\n", "\\n"))


def _text(trace: Row) -> Iterator[str]:
    raw, edits = trace["raw"], trace["edits"]
    yield from _heading(2, f"Raw text, characters {raw['start']}-{raw['end']} of the document")
    yield f"   {_shown(raw['text'])}"
    made = [edit for edit in edits if edit["applied"]]
    yield from _heading(3, f"Edits: {len(made)} made, {len(edits) - len(made)} suggested and not made")
    for edit in edits:
        yield (
            f"   {edit['start']}-{edit['end']} {_shown(edit['before'])} -> {_shown(edit['after'])} "
            f"({edit['rule']}, confidence {edit['confidence']:.2f}{'' if edit['applied'] else ', not made'})"
        )
    yield from _heading(4, "Text after the edits")
    yield f"   {_shown(trace['text'])}"


def _words(trace: Row) -> Iterator[str]:
    yield from _heading(5, f"Sentences: {len(trace['sentences'])}")
    yield from (f"   {number}. {_shown(text)}" for number, text in enumerate(trace["sentences"], 1))
    told = [word for word in trace["words"] if word["pos"] in ("NOUN", "VERB", "ADJ", "PROPN")]
    yield from _heading(6, f"Words: {len(trace['words'])}, of these {len(told)} nouns, verbs, adjectives and names")
    if told:
        yield f"   {', '.join(dict.fromkeys(_lemma(word) for word in told))}"


def _lemma(word: Row) -> str:
    lemma = _path(word["lemma"])
    return f"{lemma} ({'+'.join(map(_path, word['parts']))})" if word["parts"] else lemma


def _themes(trace: Row) -> Iterator[str]:
    themes = trace["themes"]
    yield from _heading(7, f"Themes: {len(themes['given'])}")
    subject = f"   any subject at all: probability {themes['subject']:.2f} (needed {themes['min_subject']:.2f})"
    yield subject if themes["allowed"] else "   may have none: a heading, formalia, a set phrase, or too short"
    for given in themes["given"]:
        origin = "codebook" if given["origin"] == "codebook" else "discovered"
        yield f"   {given['rank']}. {given['name']} ({given['theme_id']}, {origin}): score {given['score']:.2f}"
        if given["evidence"]:
            yield from _evidence(given["evidence"], given["score"])
        else:
            yield "      by nearness to the mean vector of the theme's paragraphs, in their surroundings"
    if themes["allowed"]:
        for other in themes["next"]:
            yield f"   not given: {other['name']} ({other['theme_id']}): {_why_not(other, themes)}"


def _why_not(theme: Row, themes: Row) -> str:
    if themes["subject"] < themes["min_subject"]:
        return f"the paragraph has no subject; {theme['relevance']:+.2f} speaks for the theme"
    if theme["score"] >= themes["min_score"]:
        return f"score {theme['score']:.2f}; no more themes than the settings allow"
    return f"score {theme['score']:.2f}, needed {themes['min_score']:.2f}"


def _evidence(theme: Row, score: float) -> Iterator[str]:
    if abs(theme["score"] - score) > 1e-6:
        yield f"      (computed now: {theme['score']:.2f}; settings or models have changed since the run)"
    yield (
        f"      {theme['relevance']:+.2f} more speaks for it than for the average theme, "
        f"{theme['share']:.0%} of what speaks for all; made of"
    )
    for kind, parts in sorted(theme["parts"].items(), key=lambda item: -abs(sum(item[1].values()))):
        places = sorted(parts.items(), key=lambda item: -abs(item[1]))
        named = [f"{PLACES[place]} {part:+.2f}" for place, part in places if abs(part) >= WEIGHTY]
        yield f"      {sum(parts.values()):+.2f}  {KINDS[kind]}" + (f": {', '.join(named)}" if named else "")
    yield f"      nearest passage of the codebook: {_shown(theme['passage'])} (cosine {theme['cosine']:.2f})"
    if theme["stems"]:
        yield f"      stems found in it: {', '.join(theme['stems'])}"


def _tones(trace: Row) -> Iterator[str]:
    yield from _heading(8, f"Tone: {len(trace['tones'])} scored")
    for tone in trace["tones"]:
        holder = f", expressed by {_shown(tone['holder'])}" if tone["holder"] else ""
        yield f"   towards {tone['theme_id']}: {tone['tone']} ({tone['score']:+.2f}), act {tone['act']}{holder}"
        yield (
            f"      decided by {_shown(tone['evidence'])} "
            f"(characters {tone['evidence_start']}-{tone['evidence_end']} of the document)"
        )
        for sentence in tone["sentences"] if len(tone["sentences"]) > 1 else ():
            said = f"{sentence['tone']} {sentence['score']:+.2f}, {sentence['act']}"
            yield f"      {said}: {_shown(sentence['text'])}"


def _cells(trace: Row) -> Iterator[str]:
    counted = trace["counted"]
    yield from _heading(9, "Figures")
    if counted["obstacle"]:
        yield f"   counted in none: {OBSTACLES.get(counted['obstacle'], counted['obstacle'])}"
        return
    if not counted["cells"]:
        yield "   counted among the paragraphs of its municipality, the denominator of every share; it has no theme"
    for cell in counted["cells"]:
        period = "all periods" if cell["period"] == "alle" else cell["period"]
        yield (
            f"   {cell['theme_id']} x {cell['municipality']} x {period}: one of {cell['theme_paragraphs']} among "
            f"{cell['paragraphs']} paragraphs{_share(cell)}; in {cell['theme_documents']} of {cell['documents']} "
            f"documents{_tone(cell)}"
        )


def _share(cell: Row) -> str:
    if cell["share"] is None:
        return ""
    if cell["share_low"] is None:
        return f", {cell['share']:.1%} ({NOTES.get(cell['note'], cell['note']) or 'no interval'})"
    return f", {cell['share']:.1%} (interval {cell['share_low']:.1%} to {cell['share_high']:.1%})"


def _tone(cell: Row) -> str:
    return "" if cell["tone"] is None else f"; mean tone {cell['tone']:+.2f}"
