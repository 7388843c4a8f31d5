"""Presidio's analyzer with Danish recognisers for what has a form: numbers, addresses, accounts.

Nothing here loads a model or touches the network: presidio runs without an NLP engine, and its own recognisers (of
which the one for e-mail fetches a list of domains) are not registered. Names have no form; see `names`.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import phonenumbers
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NoOpNlpEngine

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

_BEFORE = 75  # characters before a number that may say what it is
_LINE = 90  # characters before an address in which an institution makes it a public one
# Numbers of cases, papers, firms and money look like people's numbers.
_OTHER_NUMBER = re.compile(
    r"(?i)(?:sags?|journal|j\.?|dok(?:ument)?|acadre|ean|gln|cvr|p|se|faktura|ordre|bilags?|matrikel|projekt|beløb|"
    r"løbe|"
    r"isbn|issn)[ .-]*(?:nr|no|nummer|id|numre)?\b[.: -]*(?:\S+ ?)?$|(?:ean|gln|cvr|kle|isbn|issn)\W*$|(?:kr\.?|dkk|"
    r"€)\s*$"
)
_TELEPHONE = re.compile(
    r"(?i)(?:\b(?:tlf|tel|telefon\w*|mob|mobil\w*|fastnet|ring\w*|sms|træffes|opkald|whatsapp|direkte|nødnummer|"
    r"vagt\w*)"
    r"\b[^\d\n]{0,60}|\b(?:t|m)\s*[.:]\s*|☎\s*|📞\s*)$"
)
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_CPR = re.compile(
    rf"(?<![\w.,/-])({_DAY})({_MONTH})(\d\d)(?:(?P<mark>\s?[-–—]\s?|[ \u00a0])(?:\d{{4}}|[xX*]{{4}})|\d{{4}})(?![\w-])"
)
# The same with letters that OCR puts for digits, in the form with a hyphen alone.
_READ = re.compile(r"(?<![\w.,/-])([0-9OolIS]{6})\s?[-–—]\s?([0-9OolIS]{4})(?![\w-])")
_DIGITS = str.maketrans("OolIS", "00115")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?P<country>(?:\+|00) ?\d{2,3}[ .-]?)?(?P<number>\(?\d\d\)?(?:[ \u00a0.-]?\d\d){3}|"
    r"\d{4}[ \u00a0-]\d{4}|"
    r"\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|(?<=[\d ])\d{6,9}(?=\D|$))(?![\w/-]|[.,]\d| \d\d?\b| ?(?:kr|mio|procent|%))"
)
_NORDIC = re.compile(r"(?<![\w.,/-])(?:\+|00)(?:298|299|46|47|49|44|48|31|33|90)[ .-]?(?:\d[ .-]?){5,11}\d(?!\w)")
_YEARS = re.compile(rf"(?:19|20)\d\d\D(?:19|20)\d\d|(?:19|20)\d\d-{_MONTH}-{_DAY}")  # 2021-2025, 2025-03-14
_MAIL = re.compile(
    r"[\w.+%'-]+(?: ?@ ?|\s?[(\[](?:at|snabel-?a)[)\]]\s?)(?:[\w-]+\.)+[a-zæøåA-ZÆØÅ]{2,}(?!\w)|"
    r"(?i:(?<=e-mail: )|(?<=mail: ))[\w.+-]{3,}@[\w.-]+"
)
# What an office's mailbox is called. Anything else may be a person.
_FUNCTION = re.compile(
    r"(?i)(?:kommune|kommunen|forvaltning|post|mail|info|kontakt|borgerservice|raadhus|rådhus|sikker|digital|byraad|"
    r"byråd|"
    r"sekretariat|kultur|teknik|miljo|miljoe|miljø|skole|dagtilbud|jobcenter|bibliotek|udvalg|personale|hr|loen|løn|"
    r"oekonomi|økonomi|presse|boern|børn|unge|budget|kvalitet|buf|mbu|bu-|udbud|hoering|høring|borgmester|"
    r"kundeservice|familie|social|sundhed|plan|byg|dpo)"
    r"[a-zæøå&_.-]*"
)
_STREET_NAME = (
    r"vej|vejen|gade|gaden|gades|allé|alle|allé(?:en)|alléen|stræde|strædet|plads|pladsen|vænge|vænget|park|parken|"
    r"have|"
    r"haven|haverne|toft|toften|tofte|bakke|bakken|bakkerne|skrænten|lund|lunden|mark|marken|kær|kæret|høj|højen|sti|"
    r"stien|torv|torvet|boulevard|boulevarden|kaj|kajen|brygge|bryggen|ager|agre|krog|krogen|sving|svinget|dal|dalen|"
    r"løkke|løkken|lykke|lykken|passage|vang|vangen|eng|engen|ås|åsen|holm|bro|broen|led|leddet|port|bo|dige|diget|"
    r"strand|strandvej|banke|banken|hegn|hegnet|gård|gården|kvarter|husene|hus|ringen|bugten|odden|næs|næsset|skov|"
    r"skoven"
)
_UPPER = "A-ZÆØÅÄÖÜÉ"
_STREET = re.compile(
    rf"(?<![\w-])(?:(?:[{_UPPER}][\w.'’-]*\.? |(?:de|den|til|på|ved|von|af) ){{0,3}}"
    rf"[{_UPPER}]?[\w'’-]*(?:{_STREET_NAME})) \d{{1,3}}(?: ?[A-Za-z](?!\w))?(?![\d%]|[.,]\d|\.? (?:kr|mio|procent|"
    rf"børn|elever|"
    r"pct|timer|medarbejdere|år))"
    r"(?:,? ?(?:st|stuen|kld|\d{1,2}(?!\d))\.?,? ?(?:sal,?|tv|th|mf|dør \d+|lejl\. ?\d+|-?\d{1,3}(?!\d))?\.?(?![\w]))?"
    rf"(?:,?\s{{1,2}}(?:DK-?)?\d{{4}} [{_UPPER}][\w.'’-]+(?: (?:[{_UPPER}]\b|[{_UPPER}][\w'’-]+))?)?"
)
# Whatever stands before a number, a postal code and a town is a street.
_POSTED = re.compile(
    rf"(?<![\w-])[{_UPPER}](?:[^\W\d]|['’.-])*(?: (?:[^\W\d]|"
    rf"['’.-])+){{0,3}} \d{{1,3}}(?: ?[A-Z])?(?:, ?[\w. ]{{1,12}})?,\s(?:DK-?)?\d{{4}} "
    rf"[{_UPPER}][\w.'’-]+(?: (?:[{_UPPER}]\b|[{_UPPER}][\w'’-]+))?"
)
# Names of public places: an address after one of them on its line is the place's.
_INSTITUTION = re.compile(
    r"(?i)(?:rådhus|skole|børnehave|børnehus|vuggestue|dagtilbud|bibliotek|kommune|forvaltning|center|centret|centeret|"
    r"plejehjem|hallen|gymnasium|institution|museum|sekretariat|afdeling|klub|svømmehal|ministeriet|styrelse|kreds \d+|"
    r"mødelokale|lokale|mødested|sted:|hus)\w*\b"
)
_HOME = re.compile(
    r"(?i)\b(?:bor|bopæl|boende|privat\w*|hjemme|adresse|flytte\w*|beboer\w*|ejer\w*|lejer\w*|naboer|nabo|cpr\w*)\b"
)
_ACCOUNT = re.compile(
    r"(?i)(?:\breg(?:istrerings)?\.?[ -]*(?:nr|nummer)?\.?:? *(?P<reg>\d{4})\b[\s,;/-]*"
    r"(?:og )?(?:konto\w*\.?[ -]*(?:nr|nummer)?\.?:? *)?"
    r"(?P<konto>\d[\d ]{4,11}\d)|\bkonto(?:nr|nummer)?\.?[ -]*(?:nr\.?)?:? *(?P<both>\d{4}[ -]\d{6,10}))(?!\w)"
)
_IBAN = re.compile(r"\bDK\d{2}(?: ?\d{4}){3} ?\d{2}\b")

Found = Iterable[tuple[int, int, float]]


class _Recogniser(EntityRecognizer):
    """A recogniser of one kind of personal data in Danish text."""

    kind = ""

    def __init__(self) -> None:
        super().__init__(supported_entities=[self.kind], supported_language="da", name=type(self).__name__)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 (presidio's)
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return what is found in the text, for presidio."""
        return [RecognizerResult(self.kind, start, end, score) for start, end, score in self.find(text)]

    def find(self, text: str) -> Found:
        """Yield (start, end, score)."""
        raise NotImplementedError


class Cpr(_Recogniser):
    """CPR numbers: a date and four digits. The check digit means nothing since 2007 and is not looked at."""

    kind = "cpr"

    def find(self, text: str) -> Found:
        """Yield numbers with a date that exists; without a hyphen none that is called something else."""
        for found in _CPR.finditer(text):
            whole = found["mark"] is None or not found["mark"].strip()
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            if _is_date(*found.group(1, 2, 3)) and not (whole and _OTHER_NUMBER.search(before)):
                yield found.start(), found.end(), 0.6 if whole else 0.95
        for found in _READ.finditer(text):
            digits = found[1].translate(_DIGITS)
            if sum(map(str.isdigit, found.group())) > 6 and _is_date(digits[:2], digits[2:4], digits[4:]):
                yield found.start(), found.end(), 0.7


class Phone(_Recogniser):
    """Telephone numbers of Denmark (and, with their country's number, of its neighbours)."""

    kind = "phone"

    def find(self, text: str) -> Found:
        """Yield numbers that the Danish plan knows; eight digits on end only where the words before say telephone."""
        for found in _PHONE.finditer(text):
            number, before = found["number"], text[max(0, found.start() - _BEFORE) : found.start()]
            called = bool(_TELEPHONE.search(before)) or bool(found["country"])
            if not called and (number.isdigit() or _YEARS.fullmatch(number) or _OTHER_NUMBER.search(before)):
                continue
            if not called and ("." in number or re.search(r"\d\s$", before)):
                continue  # a date, a group of accounts, a row of figures
            if _is_number(number, found["country"] or "+45"):
                yield found.start(), found.end(), 0.9 if called else 0.6
        for found in _NORDIC.finditer(text):
            yield found.start(), found.end(), 0.8


class Mail(_Recogniser):
    """E-mail addresses of persons; an office's mailbox in a municipality's domain stays."""

    kind = "email"

    def __init__(self, domains: Iterable[str]) -> None:
        super().__init__()
        self._domains = tuple(domains)

    def find(self, text: str) -> Found:
        """Yield every address that is not an office's."""
        for found in _MAIL.finditer(text):
            local, _, domain = found.group().replace(" ", "").rpartition("@")
            public = any(domain.lower() == own or domain.lower().endswith(f".{own}") for own in self._domains)
            if not (public and _FUNCTION.fullmatch(local)):
                yield found.start(), found.end(), 0.95


class Address(_Recogniser):
    """Street addresses; one that follows the name of a public place on its line is the place's and stays."""

    kind = "address"

    def find(self, text: str) -> Found:
        """Yield addresses with a number; a street alone is a place."""
        taken = -1
        for found in sorted((*_STREET.finditer(text), *_POSTED.finditer(text)), key=lambda found: found.start()):
            if found.start() < taken:
                continue
            lines = text[max(0, found.start() - _LINE) : found.start()].rpartition("\n\n")[2].split("\n")
            near = " ".join(
                lines[-1:] if lines[-1].strip() else lines[-2:]
            )  # an address alone on its line: the one above
            sentence = re.split(r"(?<=[a-zæøå])\. ", near)[-1]
            if not _INSTITUTION.search(sentence) or _HOME.search(sentence):
                yield found.start(), found.end(), 0.7
            taken = found.end()


class Account(_Recogniser):
    """Bank accounts: registration number and account number, or IBAN."""

    kind = "account"

    def find(self, text: str) -> Found:
        """Yield the numbers, without the words before them."""
        for found in _ACCOUNT.finditer(text):
            start = min(place for place in map(found.start, ("reg", "konto", "both")) if place >= 0)
            yield start, found.end(), 0.9
        for found in _IBAN.finditer(text):
            yield found.start(), found.end(), 0.95


@lru_cache(maxsize=1)
def _engine(domains: tuple[str, ...]) -> Any:
    recognisers = [Cpr(), Phone(), Mail(domains), Address(), Account()]
    nothing = NoOpNlpEngine([{"lang_code": "da", "model_name": "no_op"}])
    logging.getLogger("presidio-analyzer").setLevel(logging.WARNING)  # it tells of every text otherwise
    registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["da"])
    return AnalyzerEngine(registry=registry, nlp_engine=nothing, supported_languages=["da"])


def numbers(text: str, domains: tuple[str, ...]) -> list[tuple[int, int, str, float]]:
    """Return the personal data with a form in a text: (start, end, kind, score), in order.

    `domains` are the municipalities' own. An account's number is no CPR number and no telephone, a CPR number no
    telephone.
    """
    results = _engine(domains).analyze(text, language="da")
    order = ("account", "email", "cpr", "phone", "address")
    ranked = sorted(results, key=lambda result: (order.index(result.entity_type), result.start, -result.end))
    kept: list[tuple[int, int, str, float]] = []
    for result in ranked:
        if not any(result.start < end and start < result.end for start, end, _, _ in kept):
            kept.append((result.start, result.end, result.entity_type, float(result.score)))
    return sorted(kept)


def _is_date(day: str, month: str, year: str) -> bool:
    for century in ("19", "20", "18"):
        try:
            datetime.date(int(century + year), int(month), int(day))
        except ValueError:
            continue
        return True
    return False


def _is_number(number: str, country: str) -> bool:
    prefix = country.replace("00", "+", 1) if country.startswith("00") else country
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(prefix + number, None)))
    except phonenumbers.NumberParseException:
        return False
