"""Who expresses a tone, where the sentence names them as its speaker."""

from __future__ import annotations

import re

# In the order in which they are looked for: staff before the bodies that they sit in.
_HOLDERS = {
    "medarbejdersiden": r"medarbejdersiden|medarbejderne|medarbejderrepræsentant\w*|de ansatte|personalet|lærerne|"
    r"pædagogerne|næstforperson\w*|næstformand\w*|arbejdsmiljørepræsentant\w*|tillidsrepræsentant\w*|(?-i:TR|AMR|FTR)",
    "ledelsen": r"ledelsen|ledelsessiden|lederne|skolelederne|institutionslederne|dagtilbudslederne|direktionen|"
    r"ledelsesrepræsentant\w*|skoleledelse\w*",
    "forvaltningen": r"forvaltningen|centret|afdelingschefen|direktøren|stadsdirektøren",
    "BUPL": r"(?-i:BUPL)",
    "FOA": r"(?-i:FOA)",
    "lærerforeningen": r"lærerforening\w*|lærerkreds\w*|(?-i:DLF|KLF)|(?-i:Kreds) \d+",
    "LFS": r"(?-i:LFS)",
    "faglige organisationer": r"(?:de )?faglige organisationer|fagforening\w*|organisationerne",
    "forældre": r"forældrene|forældre|forældreråd\w*|forældrebestyrelse\w*",
    "skolebestyrelsen": r"skolebestyrelse\w*|bestyrelsen",
    "elever": r"eleverne|elevråd\w*|de unge|børnene|ungebyråd\w*",
    "MED-udvalget": r"\w*med[- ]?udvalg\w*|(?-i:\w*MED)(?-i:-udvalget)?",
    "udvalget": r"udvalget|børne- og (?:skole|ungdoms?|undervisnings)udvalg\w*|(?-i:BUU|BSU)",
    "byrådet": r"byrådet|kommunalbestyrelsen|borgerrepræsentationen",
    "rådmanden": r"rådmanden|borgmesteren",
}
_SPEAKS = (
    r"udtryk\w*|ønske\w*|pege\w*|bakke\w*|finder|fandt|mene[rs]?|mente|roste?[rs]?|frygte\w*|undre\w*|savne\w*|"
    r"efterlys\w*|advare\w*|kvittere\w*|anbefale\w*|bemærke\w*|understrege\w*|gjorde opmærksom|gør opmærksom|oplever|"
    r"oplevede|fortalte|fortæller|melder|meldte|foreslå\w*|foreslog|takke\w*|stiller sig|stillede|kritiser\w*|"
    r"hilse\w*|vurdere\w*|beklage\w*|spurgte|spørger|støtte[rde]*|er (?:\w+ )?(?:glad\w*|tilfreds\w*|bekymre\w*|"
    r"kritisk\w*|utilfreds\w*|enig\w*|skeptisk\w*|positiv\w*|stolt\w*|betænkelig\w*)|tilsluttede|klager|"
    r"ser (?:\w+ )?frem"
)
_STANCE = r"bekymring|kritik|opbakning|ros|tak|utilfredshed|tilfredshed|glæde|tvivl|modstand|ønske"
_COMPILED = {
    name: re.compile(
        rf"\b(?:{holder})\b(?:\W+\w+){{0,4}}?\W+(?:{_SPEAKS})\b"  # Forvaltningen vurderer
        rf"|\b(?:{_SPEAKS})\W+(?:{holder})\b"  # Derfor foreslår forvaltningen
        rf"|\bifølge (?:{holder})\b|\b(?:{_STANCE}) (?:fra|hos|blandt) (?:{holder})\b",  # bekymring hos forældrene
        re.IGNORECASE,
    )
    for name, holder in _HOLDERS.items()
}


def holder_of(sentence: str) -> str | None:
    """Return who speaks in the sentence, None where it names nobody; of several the first named."""
    found = [(match.start(), name) for name, pattern in _COMPILED.items() if (match := pattern.search(sentence))]
    return min(found)[1] if found else None
