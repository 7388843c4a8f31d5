"""Who holds an office, so that the name stays: elected people and chief officers, where the text says that they are.

A name stays where the text gives it an office: a title before or after it (`borgmester`, `rådmand`, `udvalgsformand`,
`byrådsmedlem`, `...direktør`, `...chef`), a party's letter after it (`(A)`), or a place in the attendance list of a
political committee (not of an alderman's meeting, whose list is of staff). It then stays in the whole document. Chairs
and members of MED committees, unions and boards of parents, leaders below a chief (`skoleleder`, `souschef`), and the
staff at a political meeting hold no office here. In doubt a name goes.
"""

from __future__ import annotations

import re

_TITLE = (
    r"(?:vice|over|næst)?borgmester(?:en)?|\w*rådmand(?:en)?|rådkvinde(?:n)?|byrådsmedlem(?:met)?|byrådsformand(?:en)?|"
    r"kommunalbestyrelsesmedlem(?:met)?|borgerrepræsentant(?:en)?|regionsrådsmedlem|regionsrådsformand(?:en)?|"
    r"folketingsmedlem|(?:\w{3,}-?(?: og |-))?\w*minister(?:en)?|\w*udvalgs(?:næst)?form[aæ]nd(?:en)?|udvalgsmedlem|"
    r"[\w-]*direktør(?:en)?|(?!sous)[\w-]+chef(?:en)?|chef|stadsarkitekt(?:en)?|kommunaldirektør|"
    r"(?:næst)?formand for (?:[A-ZÆØÅ][\w-]*(?:,| og| &|-og)? )*[\w-]*(?:udvalget|byrådet|bestyrelsen i kommunen)|"
    r"medlem af (?:byrådet|borgerrepræsentationen|kommunalbestyrelsen|regionsrådet|folketinget|magistraten)"
)
_CHAIR = r"(?:(?:1|2)\. ?)?(?:vice|næst)?(?:formand|forperson)(?:en)?"
_AREA = r"(?:,? (?:for|i|af) [\w ,&-]{2,60}?)?"
_FORMER = r"(?<!tidligere )(?<!fhv\. )"
_BEFORE = re.compile(rf"(?i)(?<![\w-]){_FORMER}(?:{_TITLE}){_AREA}[,:]?\s+(?:\w+\. )?$")
_AFTER = re.compile(
    rf"(?i)(?:\s*,\s*|\s+[-–]\s+|\s*\(\s*|[ \t]*\n\s*|\t|\s+er )(?:\w+ )?(?:{_TITLE})(?![\w-]|\s(?-i:[A-ZÆØÅ][a-zæøå]))"
)
_LISTED_TITLE = re.compile(rf"(?i)[,:;]\s+(?:{_TITLE})(?<=en),\s+$")
_CHAIR_BEFORE = re.compile(rf"(?i)(?<!\w){_CHAIR}[,:]?\s+$")
_CHAIR_AFTER = re.compile(rf"(?i)(?:\s*,\s*|\s*\(\s*|\s+[-–]\s+|[ \t]*\n\s*){_CHAIR}(?![\w-]| for | (?-i:[A-ZÆØÅ]))")
_PARTY = re.compile(
    r"\s*,?\s*[(\[/](?:[ABCDFIKMNOQRVZÆØÅ]|SF|DF|LA|EL|RV|KF|KD|DD|S|NB|Alt|Enhedslisten|Socialdemokratiet|Venstre|"
    r"Radikale(?: Venstre)?|"
    r"Konservative|Det Konservative Folkeparti|Dansk Folkeparti|Liberal Alliance|Alternativet|Moderaterne|løsgænger|"
    r"uden for parti(?:erne)?|Danmarksdemokraterne)[)\]]"
)
_POLITICAL = re.compile(
    r"(?i)\b(?:byråd(?:et)?s?|kommunalbestyrelse(?:n)?s?|borgerrepræsentation(?:en)?s?|magistrat(?:en)?s?|"
    r"økonomiudvalg(?:et)?|regionsråd(?:et)?|[\w-]*(?:ungdoms|uddannelses|social|sundheds|miljø|teknik|kultur|"
    r"fritids|ældre|"
    r"beskæftigelses|arbejdsmarkeds|integrations|klima|by|plan|skole|unge|familie|omsorgs|erhvervs|natur|bolig|idræts|"
    r"økonomi|børne|velfærds|forebyggelses|turisme|landdistrikts|vækst)udvalg(?:et)?s?)\b"
)
_STAFF = re.compile(
    r"(?i)med[- ]?(?:udvalg|møde|system)|(?-i:\b\w*MED\b)|samarbejdsudvalg|arbejdsmiljø|\btrio|"
    r"personalemøde|forældreråd|bestyrelsesmøde|skolebestyrelse|forældrebestyrelse|elevråd|ældreråd|handicapråd|"
    r"styregruppe|"
    r"arbejdsgruppe|følgegruppe|teammøde|netværksmøde|husmøde|afdelingsmøde|ledermøde|samråd|dialogmøde|visitation"
)
STAFF_LIST = re.compile(
    r"(?i)\W*(?:(?:øvrige|andre|desuden|endvidere|også|fra) .{0,40}?(?:deltog|deltager\w*|forvaltning\w*|"
    r"administration\w*)|"
    r"(?:fra )?(?:forvaltning|administration|embedsm[aæ]nd|sekretariat|gæst|oplægsholder|medarbejder|tilforordned)\w*|"
    r"(?:cc|kopi|sendt|modtager|kontaktperson|inviterede|indkaldte|underskrift|referent|sekretær|ref\.|sagsbehandler))\b"
)


def is_held(text: str, start: int, end: int, political: bool) -> bool:
    """Return whether the words around a name give its bearer an office; a chair's alone do in a political committee."""
    before, after = text[max(0, start - 90) : start], text[end : end + 90]
    before = before.rpartition("\n\n")[2]
    if _LISTED_TITLE.search(before):  # `direktøren, Anne Holm`: two in a list, the first by title alone
        return bool(_AFTER.match(after) or _PARTY.match(after))
    if _BEFORE.search(before) or _AFTER.match(after) or _PARTY.match(after):
        return True
    return political and bool(_CHAIR_BEFORE.search(before) or _CHAIR_AFTER.match(after))


def is_political(head: str) -> bool:
    """Return whether the beginning of a document says that a political committee meets, and no staff committee."""
    return bool(_POLITICAL.search(head)) and not _STAFF.search(head)
