"""How Danish municipal documents mark their parts: sections of an agenda item, labels, addresses, names."""

from __future__ import annotations

import re

from pipeline.dates import find_dates

AGENDA_ITEM = re.compile(
    r"(?:(?:[Dd]agsordens?)?[Pp]unkt|PUNKT|[Pp]kt\.?|Sag(?: nr\.?)?|Ad\.?)\s*(\d{1,3})"
    r"(?:\s*[:.)–—-]\s*|\s+)(?=[A-ZÆØÅ\d\"”»])"
    r"|(?:[Pp]unkt|PUNKT|Sag nr\.?) ?\d{1,3}\s*[:.)]?$"
)
# An agenda item, or a list item, that only has a number.
NUMBERED_ITEM = re.compile(r"(\d{1,3})(?:[.:)]\s*|\s+)(?=[A-ZÆØÅ\"”»])")
# The number alone; the item's title stands on the next line.
BARE_ITEM = re.compile(r"(?:[Pp]unkt|PUNKT|Sag nr\.?) ?\d{1,3}\s*[:.)]?")
# What an attachment is called is no agenda item: `Punkt 2, Bilag 3: ...`.
ATTACHMENT_OF_ITEM = re.compile(r"(?i)punkt \d+, bilag \d+\b")
DECISION_OF_ITEM = re.compile(r"(?i)beslutning(?:er)? (?:for|til|vedr\.?|om) (?:punkt|pkt\.?) ?\d+")

_NO_KIND = r"(?!(?i:\w*referat|dagsorden|\w*notat|\w*memo|høringssvar|nyt?)\b)"
# A committee with the day of its meeting: above an agenda the meeting, inside an item its decision.
DECIDED = re.compile(
    rf"{_NO_KIND}"
    r"(?:[A-ZÆØÅ][\wæøå-]*,? (?:(?:og|&|for) )?){0,5}[A-ZÆØÅ]?[\wæøå-]*(?:udvalg(?:et)?|[Bb]yråd(?:et)?|[Rr]åd(?:et)?|"
    r"[Bb]estyrelsen?|MED|Skole|Unge|Kultur|Magistraten|Direktionen),? (?:den |d\. ?)?\d{1,2}[./-] ?[\wæøå./-]+"
    r"(?: \d{4})?:?"
)
# `Forvaltningen indstiller til byrådet,` before the points of a recommendation.
RECOMMENDS = re.compile(
    r"(?i)(?:.{2,80}\bindstiller|det indstilles)(?: (?:til|over for) (?:(?! at ).){3,80}?)?[,:]?(?: at)?[,:]?$"
)
_RECOMMENDED = re.compile(
    r"(?:[\wæøåÆØÅ&,-]+ ){1,10}?(?:indstiller|indstilles)(?: (?:til|over for) [^.]{3,80}?)?,? at\b"
)

_NUMBERED = r"(?:\d{1,2}\.?\s+)?"
# The sections of an agenda item; the first that matches names the role of what follows.
SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?i){_NUMBERED}(?:{words})[\s:.?]*$"))
    for role, words in (
        ("sagsfremstilling", r"(?:kort )?sagsfremstilling|sagen|beskrivelse af sagen|beslutningstema|"
                             r"hvorfor fremsendes (?:forslaget|sagen)|"
                             r"hvilke ændringer indebærer forslaget|sagsbeskrivelse|fremstilling"),
        ("indstilling", r"(?:forvaltningens |administrationens |direktionens )?indstilling(?:en|er)?|"
                        r"indstilling(?:en|er)? [–-] .{0,60}|"
                        r"indstilling om|indstilling og beslutning|det indstilles|anbefaling(?:er)?|"
                        r"forslag til (?:indstilling|beslutning)"),
        ("beslutning", r"(?:udvalgets |byrådets |kommunalbestyrelsens |rådmandens |med-udvalgets |\w+s )?"
                       r"(?:beslutning(?:er|en)?|konklusion(?:er)?|beslutningsreferat|afgørelse)(?: (?!om\b).{0,60})?"),
        ("resume", r"(?:kort |sags)?resum[eé]|sammenfatning|sagens kerne|kort om sagen"),
        ("økonomi", r"økonomi(?: og finansiering)?|økonomiske (?:og \w+ )?(?:konsekvenser|forhold)(?: .{0,30})?|"
                    r"økonomi og personale|bevillingsmæssige (?:konsekvenser|forhold)|finansiering"),
        ("bilag", r"(?:vedlagte )?bilag(?:sliste|soversigt)?|vedhæftede (?:bilag|filer)|vedlagt"),
        ("brødtekst", r"(?:retsgrundlag|lovgrundlag|borgerperspektiv|kommunens vision(?: og politikker)?|"
                      r"videre (?:proces|forløb)(?: .{0,30})?|tidsplan|tidsperspektiv|kommunikation|høring(?:ssvar)?|"
                      r"personale|(?:beslutnings)?kompetence|personalemæssige (?:konsekvenser|forhold)|"
                      r"(?:sundheds|miljø)mæssige konsekvenser|"
                      r"øvrige (?:konsekvenser|forhold)|tidligere behandling|inddragelse|sagens gang)"),
    )
)  # fmt: skip

CONTENTS = re.compile(
    r"(?i)(?:indhold(?:sfortegnelse)?|dagsorden(?:en)?|dagsordenspunkter|sagsoversigt|"
    r"punkter(?: på dagsordenen)?)[\s:]*$"
)
# Such a line is a heading of the agenda, whether a list of the items follows it or the items themselves.
CONTENTS_OF_AGENDA = re.compile(
    r"(?i)(?:dagsordenspunkter|sagsoversigt|punkter på dagsordenen|dagsorden|(?:åbne|lukkede) (?:punkter|sager)):?"
)
CONTENTS_ENTRY = re.compile(r".{3,}?(?:[\s.…·_]{3,}|[\t ])\d{1,3}$|.*\.{4,}.*")

_PRESENT = (
    r"(?:møde)?deltager(?:e|ne)?(?: i mødet)?|til ?stede(?:værende)?|fremmødte|mødte|afbud(?: fra)?|fraværende|"
    r"medlemmer|ledelsesrepræsentanter|medarbejderrepræsentanter|a-siden?|b-siden?|ledersiden|medarbejdersiden|"
    r"suppleanter|gæster|inviterede|øvrige deltagere|ikke til stede"
)
ATTENDANCE = re.compile(rf"(?i)(?:{_PRESENT})")
_LABEL_WORDS = (
    r"(?:møde)?dato|mødested|mødetid(?:spunkt)?|mødetype|møde ?nr\.?|sted|tid|tidspunkt|starttidspunkt|sluttidspunkt|"
    r"lokale|fra|af|til|cc|bcc|kopi(?: til)?|sendt|emne|vedr\.?|vedhæftede filer|vedhæftet|information|bilag til|"
    r"referent|ordstyrer|mødeleder|dirigent|sekretær|formand|næstformand|forperson|næstforperson|afsender|modtager|"
    r"sags?(?:id|nr|nummer|behandler)?\.?|journal(?:nr|nummer)?\.?|j\.? ?nr\.?|kle(?:-nr\.?)?|"
    r"dok(?:ument)?\.? ?(?:nr|id)?\.?|"
    r"kontakt(?:person)?|e-?mail|mail|direkte e-mail|tlf\.?|telefon|direkte telefon|dir\. ?tlf\.?|mobil|cvr|ean|"
    r"adresse|www|web|åbningstid(?:er)?|høringsfrist|svarfrist|udarbejdet af|forfatter|version|status|klassifikation|"
    r"næste møde|side|udskrevet|revideret|godkendt den|underskrift"
)
LABEL = re.compile(
    rf"(?i)(?:{_LABEL_WORDS}|(?:{_PRESENT})(?: fra [\wæøå-]{{3,30}})?)(?:\s*:|\s*(?:nr\.?|id)\s*[:.]?)(?:\s|$)"
)
# The same words without a colon, where bold type or columns set them off: `Mødedato Onsdag den 3. maj`.
BARE_LABEL = re.compile(
    r"(?:Mødedato|Mødested|Mødetid(?:spunkt)?|Mødedeltagere|Sagsnummer|Sagsnr\.?|Til|Kopi til|Fra|Emne|Dato)\s+"
    r"(?=[A-ZÆØÅ\d])|Kopi til$"
)

KLE = re.compile(r"\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}(?:-\d{1,6}){1,2}")
CASE_NUMBER = re.compile(
    rf"(?i)(?:(?:åben|lukket)\s*[-–:]\s*)?(?:{KLE.pattern}|(?:ESDH|EMN|SAG|S)-?\d{{4}}-\d+|\d{{2}}/\d{{4,}}(?:-\d+)?|\d{{4}}-\d{{5,}}(?:-\d+)*)[\s,;]*$"
)
_BEFORE_DATE = re.compile(
    r"(?i)(?:[A-ZÆØÅ][\wæøå.]+,?\s+)?(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:d\.\s*|den\s+)?"
)
_AFTER_DATE = re.compile(r"(?i)[\s,–-]*(?:(?:(?:kl\.?|fra)\s*\d{1,2}|\d{1,2}[.:]\d{2}).{0,80})?[\s.]*")
ADDRESS = re.compile(
    r"(?:DK-)?\d{4} [A-ZÆØÅ][\wæøåé. -]{1,30}(?:,? (?:Danmark|Denmark))?$"
    r"|[A-ZÆØÅ][\wæøåÆØÅé.' -]{1,30}(?:vej|gade|plads(?:en)?|alle|allé|torv|torvet|stræde|boulevard|vænget?|parken|"
    r"bakken|dammen|kaj|toften|ager|haven|stien|Allé|Plads|Vej|Torv|Boulevard)\s+\d{1,4}\s?[A-Za-z]?(?:,.{0,60})?$"
)
CONTACT = re.compile(
    r"(?i)(?:\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?:tlf|telefon|mobil|dir\.? ?tlf|fax)\b.{0,4}[\d +]{8,}|"
    r"[\d ]{8,14})[\s|,]*"
    r"(?:\S+@\S+|\S+\.dk|[\d ]{8,14})?$|.{0,80}\b(?:tlf|telefon|mobil)\b[.: ]{0,3}(?:\+45 )?\d[\d ]{6,12}\d"
    r"(?:[^\d.][^.]{0,20}(?:\S+@\S+)?)?$|.*\|\s*(?:tlf|telefon|www|e-?mail)\b.*"
)
CONTACT_HEADING = re.compile(
    r"(?i)(?:for )?(?:yderligere|flere) oplysninger(?: kontakt)?:?|(?:presse)?kontakt(?:oplysninger)?:?"
)
PRINTED = re.compile(
    r"(?i)(?:(?:senest|sidst) )?(?:opdateret|revideret|ændret|udskrevet|printet):?(?: den| d\.)? \d{1,2}[./-].{3,25}"
)
# What a web page or a letterhead puts above and below the text.
SITE = re.compile(
    r"(?i)\S.*\s[›»>]\s\S.*|.*\b(?:tilgængelighedserklæring|privatlivspolitik|cookies?|webtilgængelighed)\b.{0,60}|[\w-]+\.dk"
)
OFFICE = re.compile(
    rf"{_NO_KIND}"
    r"(?:[A-ZÆØÅ][\wæøå-]+ (?i:(?:regions)?kommunes?)|(?:[A-ZÆØÅ][\wæøå-]*,? (?:(?i:og|for)\s|& )?){0,4}"
    r"[\wæøåÆØÅ-]*(?i:forvaltning(?:en)?|portal(?:en)?|afdeling(?:en)?|udvalg(?:et)?|området?|råd(?:et)?|byråd(?:et)?|"
    r"kommunalbestyrelsen?|sekretariat(?:et)?|direktionen|staben|MED)(?: [A-ZÆØÅ]\w+(?: (?:&|og) [A-ZÆØÅ]\w+)?)?"
    r"|(?i:udvalget|center|centret|afdelingen|sekretariatet) (?i:for) .{3,50})(?:\s*[,·|–-]\s?.*)?"
    r"|.*[,·|–-]\s?[A-ZÆØÅ]\w+ Kommune"
)
# Where a meeting is held.
PLACE = re.compile(r"(?i).{0,40}\b(?:\w*lokale\w*|rådhus\w*|\w+salen|\w*værelse\w*|teams|online|kantinen)\b.{0,40}")
# What a letter is about, in a line of its own.
SUBJECT = re.compile(
    r"(?i)(?:høringssvar|vedr|svar på|angående|notat|ansøgning|invitation|brev|opfordring|bekymring|henvendelse)\b"
)
GREETING = re.compile(r"(?:Kære|Til rette vedkommende|Hej|Godmorgen|Goddag)\b.{0,120}$")
CLOSING = re.compile(
    r"(?i)(?:(?:med )?(?:(?:de|en) )?(?:venlig|kollegial|bedst|mange|kærlig)\w*(?: \w+)? (?:hilsen(?:er)?|hilsner)|"
    r"mvh\.?|hilsen|på (?:vegne af|\w+s vegne)\b.{0,60}|p\.?b\.?v\.?)[\s,.]*$"
)
_NAME_WORD = r"(?:[A-ZÆØÅÖÜ][\wéèüöäøæåó'’.-]*|van|von|de|af|el|al|la|der)"
PERSON = re.compile(rf"[A-ZÆØÅÖÜ][\wéèüöäøæåó'’-]+(?: {_NAME_WORD}){{1,4}}(?:\s*[,(:–-]\s*\S.{{0,90}})?$")
PERSON_WITH_TITLE = re.compile(
    rf"[A-ZÆØÅÖÜ][\wéèüöäøæåó'’-]+(?: {_NAME_WORD}){{1,4}}\s*[,(]\s*"
    r"(?i:[\w-]*(?:chef|leder|konsulent|koordinator|formand|direktør|"
    r"sekretær|dekan|fuldmægtig|lektor|rektor|lærer|pædagog|repræsentant|rådmand|studerende|professor|medlem|"
    r"borgmester|næstformand|FTR|TR|AMR|psykolog|assistent|vejleder|inspektør|forperson)\w*|.{0,60}Kommune)\b.{0,80}$"
)
# What a heading has not: an end that wants more, a sentence that ends inside it.
OPEN_END = re.compile(
    r"(?i)\b(?:at|og|eller|i|på|til|af|for|fra|med|om|som|der|den|det|de|en|et|ved|samt|også)$|[,–-]$"
)
INNER_STOP = re.compile(r"[a-zæøå)]{2}[.!?] +[A-ZÆØÅ]")
TERMINAL = re.compile(r"[.!?:;…][\"”’»)\]]*$")


def section_role(text: str) -> str | None:
    """Return the role that a heading gives to what follows it, or None where it names no known section."""
    if DECISION_OF_ITEM.match(text) or DECIDED.fullmatch(text):
        return "beslutning"
    if len(text) > 90:
        return None
    return next((role for role, pattern in SECTIONS if pattern.match(text)), None)


def recommends(text: str) -> bool:
    """Return whether a paragraph is a recommendation to decide: `Forvaltningen indstiller, at ...`."""
    return bool(_RECOMMENDED.match(text) or RECOMMENDS.match(text))


def is_date_line(text: str) -> bool:
    """Return whether a line is a date, perhaps with its weekday, place and time."""
    return any(
        _BEFORE_DATE.fullmatch(text, 0, found.start) and _AFTER_DATE.fullmatch(text, found.end)
        for found in find_dates(text)
    )
