"""Narrow rules for what lexicons miss in municipal Danish; each is a feature that the classifier weighs, no verdict.

Direction: a quantity that should be low and falls is good news ("sygefraværet er faldet"), one that should be high and
falls is bad ("antallet af ansøgere falder"). Stance: the set phrases of minutes ("bakker op om", "rejst bekymring").
"""

from __future__ import annotations

import re

RULES = (
    "improves", "worsens", "concern", "no_concern", "support", "thanks", "lack", "burden", "doubt", "contrast",
    "question", "wish", "plan", "procedure",
)  # fmt: skip

_BETTER_LOW = (
    r"\w*gæld\w*|\w*mangel|\w*konflikt\w*|\w*skade\w*|\w*sagsbehandlingstid\w*|\w*restance\w*|\w*problem\w*|"
    r"overarbejde\w*|merarbejde\w*|\w*forsinkelse\w*|\w*ledighed\w*|arbejdsløshed\w*|køen|\w*sager|\w*uro|hærværk\w*|"
    r"\w*kriminalitet\w*|\w*tomme|\w*angst|\w*tid på at|\w*episoder\w*|"
    r"\w*fravær\w*|sygedage\w*|sygemeldinger\w*|klage\w*|voldsepisode\w*|voldshændelse\w*|hændelse\w*|trusler|vold|"
    r"venteliste\w*|ventetid\w*|merforbrug\w*|udgift\w*|underskud\w*|opsigelse\w*|personaleomsætning\w*|omsætning\w*|"
    r"personalegennemstrømning\w*|afgang\w*|frafald\w*|vakance\w*|ubesatte|ledige stillinger|mørketal\w*|"
    r"\w*belastning\w*|"
    r"stress\w*|mobning\w*|mistrivsel\w*|ensomhed\w*|ulykke\w*|arbejdsskade\w*|fejl\w*|støj\w*|vikarforbrug\w*|pres\w*|"
    r"smitte\w*|henvisning\w*|magtanvendelse\w*|arbejdspres\w*|udskiftning\w*|krænkelse\w*|utryghed\w*"
)
_BETTER_HIGH = (
    r"\w*glæde\w*|\w*sammenhold\w*|\w*kapacitet\w*|\w*færdighed\w*|\w*interesse\w*|\w*bemanding\w*|hænder|voksne|"
    r"praktikplads\w*|fastansatte|faguddanne\w*|frivillige|medlemmer|gennemfører|bliver i|"
    r"ansøg\w+|trivsel\w*|tilfredshed\w*|karakter\w*|fremmøde\w*|tilslutning\w*|\w*normering\w*|deltagelse\w*|"
    r"kvalitet\w*|tillid\w*|svarprocent\w*|uddannede|læsning\w*|resultat\w*|overskud\w*|søgning\w*|optag\w*|"
    r"gennemførelse\w*|tryghed\w*|motivation\w*|engagement\w*|opbakning\w*|kendskab\w*|dækning\w*"
)
_UP = (
    r"stiger|steget|steg|stigende|stigning\w*|vokser|vokset|voksede|voksende|øges|øget|øgede|tiltager|taget til|"
    r"fordoblet|fordobles|tredoblet|over landsgennemsnittet|længere|for mange|"
    r"højere|flere|forværret|forværres|rekordhøj\w*|oppe på|opadgående|gået op|går op|tager til"
)
_DOWN = (
    r"falder|faldet|faldt|faldende|fald|reduceret|reduceres|nedbragt|nedbringes|mindsket|mindskes|aftaget|aftager|"
    r"halveret|kortere|bragt ned|afviklet|daler|dalet|sænket|forsvundet|skåret|under landsgennemsnittet|"
    r"skrumper|skrumpet|skrumpede|lavere|færre|nedadgående|dykket|dykker|nede på|svinder|minimeret|væk|"
    r"gået ned|går ned"
)
_GAP = r"(?:[^.;:!?]{0,70}?)"


def _near(quantity: str, direction: str) -> str:
    return rf"\b(?:{quantity})\b{_GAP}\b(?:{direction})\b|\b(?:{direction})\b(?:\s+\w+){{0,2}}?\s+(?:{quantity})\b"


_IMPROVES = rf"{_near(_BETTER_LOW, _DOWN)}|{_near(_BETTER_HIGH, _UP)}|\b(?:forbedr|fremgang|gået fra)\w*"
_WORSENS = rf"{_near(_BETTER_LOW, _UP)}|{_near(_BETTER_HIGH, _DOWN)}|\b(?:forværr|forringe|tilbagegang)\w*"
_PATTERNS = {
    "improves": _IMPROVES,
    "worsens": _WORSENS,
    "concern": r"\bbekymr(?!ende fravær|ende skolefravær)\w*|\bfrygte?r?\b|\bærgr\w*|\bbetænkelig\w*|"
    r"\butilfreds\w*|\bkritik\w*|\bkritiser\w*|\bkritisk over\w*|\buacceptab\w*|\bproblem(?!form|stil)\w*|"
    r"\badvare\w*|\bundr(?:er|ede|en)\b|\bsavne\w*|\bbeklage\w*",
    "no_concern": r"\b(?:ikke|ingen|uden) (?:\w+ ){0,2}(?:bekymr\w*|problem\w*|kritik\w*|frygt\w*|tvivl\w*)",
    "support": r"\bbakke\w* op\b|\bopbakning\w*|\bstøtter (?:op|forslag)\w*|\bhilse\w* \w* ?velkommen|\banbefale\w*|"
    r"\btilfreds(?!hedsunder)\w*|\bglæde\w*|\broser?\b|\brost\w*|\bpositiv\w*|\bkvittere\w*|\bgod[et]? erfaring\w*|"
    r"\bfungerer (?:\w+ )?(?:godt|fint|bedre)|\bstolt\w*|\bglad[e]?\b|\btaget godt imod|\bvelfungerende|\banerkend\w*|"
    r"\bstor værdi|\bsom argument for\b|\btaler for\b",
    "thanks": r"\btak (?:for|til)\b|\btakke[rt]?\b|\btak\b[.!]",
    "lack": r"\bmang(?:el|ler|lende)\b|\bikke (?:\w+ )?(?:nok|tilstrækkelig\w*|muligt|lykkedes)|\bfor (?:lidt|få)\b|"
    r"\butilstrækkelig\w*|\bknap\w*|\bingen ansøger\w*|\bsvært\b|\bvanskelig\w*|\bhalter\b|\bkniber\b|\budfordre\w*",
    "burden": r"\bbelast\w*|\bpresse[rt]\w*|\bunder pres\b|\bbyrde\w*|\bdobbeltarbejde|\btidkrævende|\bslid\w*|"
    r"\btungt?\b|\bbesværlig\w*|\bgår ud over\b|\brisiko\w*|\brisikere\w*|\bsårbar\w*|\bfor stor\w*",
    "doubt": r"\btvivl\w*|\busikker\w*|\buklar\w*|\bskepti\w*|\bnæppe\b|\bspørgsmålstegn",
    "contrast": r"\bmen\b|\bdog\b|\bsamtidig\b|\btil gengæld\b|\bomvendt\b|\balligevel\b|\bderimod\b",
    "question": r"\?",
    "wish": r"\bønske\w*|\bforeslå\w*|\bforeslog\b|\bbehov for\b|\bbrug for\b|\bønskeligt\b",
    "plan": r"\bskal\b|\bvil\b|\bplanlægg\w*|\bafsættes\b|\bindføre\w*|\bgennemføre\w*|\bforventes\b",
    "procedure": r"\bindstille\w*|\btil efterretning\b|\bgodkend\w*|\bdrøfte[rs]?\b|\bforelægges\b|\bbehandles\b",
}
_UNCHANGED = re.compile(rf"\b(?:ikke|hverken|aldrig)\b(?:\s+\w+){{0,2}}?\s+(?:{_UP}|{_DOWN}|bedre)\b", re.IGNORECASE)
_COMPILED = tuple(re.compile(_PATTERNS[name], re.IGNORECASE) for name in RULES)


def rule_counts(text: str) -> list[float]:
    """Return for each of RULES how often it speaks in the text, at most twice.

    A denied concern is no concern, and what has not risen or fallen has not improved.
    """
    counts = dict(zip(RULES, (float(min(2, len(pattern.findall(text)))) for pattern in _COMPILED), strict=True))
    counts["concern"] = max(0.0, counts["concern"] - counts["no_concern"])
    if _UNCHANGED.search(text):
        counts["improves"], counts["worsens"] = 0.0, max(counts["improves"], counts["worsens"])
    return [counts[name] for name in RULES]
