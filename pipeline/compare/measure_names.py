"""The measures that a sentence names: nouns for something a municipality sets going ("mentorordninger")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What a measure is called, alone or as the last part of a compound.
_HEADS = """
    ordning samtale indsats forløb pulje projekt efteruddannelse videreuddannelse merituddannelse opkvalificering
    kompetenceudvikling kursus temadag workshop kampagne strategi handleplan handlingsplan plan model netværk team korps
    tilskud tillæg program mentor makker supervision sparring coaching initiativ tiltag retningslinje introduktion
    onboarding rotation jobrotation partnerskab bonus værksted rejsehold vejledning rådgivning vejleder konsulent
    koordinator prøvehandling pilotprojekt stipendium trainee ambassadør taskforce hotline garanti ressourcepædagog
    kontaktperson rekrutteringsdag karrieredag jobmesse
"""
HEADS = frozenset(_HEADS.split())
_LAST_PARTS = tuple(sorted(head for head in HEADS if len(head) >= 5))
# Heads that say which measure it is only as part of a compound, or (the first line) with what follows them.
_ATTRIBUTED = (
    "ordning indsats pulje projekt plan initiativ tiltag program strategi handleplan handlingsplan samtale forløb"
)
ATTRIBUTED = frozenset(_ATTRIBUTED.split())
_VAGUE = "model team netværk introduktion vejledning rådgivning værksted retningslinje garanti tillæg tilskud korps"
# People are a measure where somebody hires, offers or sends them.
PEOPLE = ("vejleder", "konsulent", "koordinator", "ressourcepædagog", "trainee", "ambassadør", "mentor", "makker")
VAGUE = ATTRIBUTED | frozenset(_VAGUE.split())
# Compounds with such a last part that name a document, a body or a service and no measure.
_OTHERS = """
    lokalplan landsplan kommuneplan læseplan undervisningsplan årsplan ugeplan skoleplan tidsplan mødeplan byplan
    spareplan budgetplan anlægsplan klasseteam ledelsesteam lederteam chefteam årgangsteam dagsprogram procesplan
    undervisningsforløb udskolingsforløb praktikforløb skoleforløb læringsforløb uddannelsesforløb arbejdsforløb
    sygeforløb mødeforløb tidsforløb sagsforløb beslutningsforløb barndomsforløb elevsamtale telefonsamtale lønsamtale
    ansættelsessamtale jobsamtale evalueringssamtale byggeprojekt anlægsprojekt skoleprojekt partiprogram
    kvalitetsprogram rollemodel forklaringsmodel regnemodel budgetmodel tildelingsmodel pensionsordning
    forsikringsordning ferieordning ferieplan vagtplan rengøringsplan
"""
OTHERS = frozenset(_OTHERS.split())
_DOING = """
    iværksætte indføre etablere tilbyde afsætte igangsætte oprette udvide forlænge fortsætte ansætte nedsætte udarbejde
    udvikle gennemføre afholde prioritere bevilge bevillige investere styrke sikre afprøve opstarte starte udbygge
    implementere planlægge opstille lancere uddanne opkvalificere køre yde give lave sætte indgå skabe bruge indrette
    teste pilotere finansiere samle invitere arrangere genindføre genoptage fastholde videreføre tilknytte tildele
    tilføre få
"""
DOING = frozenset(_DOING.split())
_DENIED = re.compile(
    r"\b(?:ikke|ingen|intet|hverken|aldrig|uden|nej til|afvist\w*|opgive\w*|ophør\w*|nedlagt\w*|mangler?|savner?)"
    r"\b(?!-)",
    re.IGNORECASE,
)
_NEAR = 6  # words between a measure and a verb of doing
_DEFINITE = re.compile(r"(?:en|et|erne|ene|n)s?$")
_ABOUT = frozenset({"mod", "for", "om"})
_POINTING = frozenset({"den", "det", "de", "denne", "dette", "disse"})
Token = Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """The measures that a sentence names, as they stand there; `done`: a verb of doing stands near one of them."""

    name: str
    done: bool


def named(text: str, tokens: Sequence[Token]) -> Named | None:
    """Return the measures that a sentence names and does not deny, joined by commas; None for none.

    `text` is the paragraph's, `tokens` are the sentence's: word, lemma, pos, parts, start (in the paragraph's text).
    What is spoken of as known already ("ordningen", "den nye ordning") is not named but referred to.
    """
    if _DENIED.search(" ".join(token["word"] for token in tokens)):
        return None
    places = [place for place in range(len(tokens)) if _is_measure(tokens, place)]
    names = dict.fromkeys(_name(text, tokens, place) for place in places)
    near = (token for place in places for token in tokens[max(0, place - _NEAR) : place + _NEAR])
    done = any(token["pos"] in ("VERB", "AUX") and token["lemma"] in DOING for token in near)
    people = all(tokens[place]["lemma"].lower().endswith(PEOPLE) for place in places)
    return Named(", ".join(names), done) if names and (done or not people) else None


def _is_measure(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word at a place is a noun that names a measure, says which, and is new to the reader."""
    token = tokens[place]
    lemma, word = token["lemma"].lower(), token["word"].lower()
    last = lemma.rsplit("-", 1)[-1] if "-" in lemma else (token["parts"] or lemma).split("+")[-1].lower()
    compound = lemma not in HEADS and (last in HEADS or lemma.endswith(_LAST_PARTS))
    # The tagger takes a rare compound for a verb now and then.
    allowed = ("NOUN", "PROPN", "VERB") if compound else ("NOUN", "PROPN")
    if token["pos"] not in allowed or lemma.startswith("-") or lemma in OTHERS or not (compound or lemma in HEADS):
        return False
    first = _first(tokens, place)
    pointed = first > 0 and tokens[first - 1]["word"].lower() in _POINTING
    if pointed or (word != lemma and _DEFINITE.search(word)):
        return False
    return lemma not in VAGUE or (lemma in ATTRIBUTED and _end(tokens, place) > place + 1)


def _name(text: str, tokens: Sequence[Token], place: int) -> str:
    final = tokens[_end(tokens, place) - 1]
    start, end = tokens[_first(tokens, place)]["start"], final["start"] + len(final["word"])
    return " ".join(text[start:end].split())


def _first(tokens: Sequence[Token], place: int) -> int:
    """Return where the adjectives before a noun begin."""
    while place and tokens[place - 1]["pos"] == "ADJ" and tokens[place - 1]["word"].isalpha():
        place -= 1
    return place


def _end(tokens: Sequence[Token], place: int) -> int:
    """Return where a name ends: with what says which vague noun is meant ("indsats mod vold"), else with its noun."""
    after = tokens[place + 1 : place + 5]
    if tokens[place]["lemma"].lower() not in ATTRIBUTED or not after or after[0]["word"].lower() not in _ABOUT:
        return place + 1
    for offset, token in enumerate(after[1:], start=2):
        if token["pos"] == "NOUN":
            return place + offset + 1
        if token["pos"] not in ("ADJ", "DET"):
            break
    return place + 1


def by_sentence(
    tokens: Mapping[str, Any], sentences: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each of a paragraph's sentences with its tokens; `tokens` is the paragraph's row of the table `tokens`."""
    columns = ("words", "lemmas", "pos", "parts", "starts")
    rows = [
        dict(zip(("word", "lemma", "pos", "parts", "start"), values, strict=True))
        for values in zip(*(tokens[column] for column in columns), strict=True)
    ]
    for sentence in sentences:
        yield sentence, [row for row in rows if sentence["start"] <= row["start"] < sentence["end"]]
