"""The words that the scripts of the document pages and the search write, in the language handed over."""

from __future__ import annotations

from pipeline.report import accounts, labels
from pipeline.report.language import Language
from pipeline.schema import KINDS

Words = dict[str, str | list[str] | dict[str, str]]
FORMS = (1, 2)  # numbers that take the singular and the plural


def words(_: Language) -> Words:
    """Return the words by key; those that go with a number in two forms, those for codes by code."""
    return _of_documents(_) | _of_repairs(_) | _of_search(_) | _codes(_)


def _codes(_: Language) -> Words:
    return {
        "tones": labels.tones(_),
        "signs": labels.TONE_SIGNS,
        "acts": labels.acts(_),
        "roles": labels.roles(_),
        "why": labels.uncounted(_),
        "status": accounts.status(_),
        "kinds": {kind: labels.kind(_, kind) for kind in KINDS},
        "rules": rules(_),
        "sides": {"challenge": _("udfordring"), "measure": _("tiltag")},
    }


def rules(_: Language) -> dict[str, str]:
    """Return what each rule of `edits` does, in plain words; those that change no letter are not shown."""
    return {
        "ocr_letters": _("fejllæste bogstaver; ordet findes ikke på dansk"),
        "ocr_real_word": _("ordet findes, men passer ikke i sætningen"),
        "ocr_split": _("to ord, der stod som ét"),
        "ocr_join": _("ét ord, der stod delt"),
        "ocr_marks": _("tegn, der ikke er trykt"),
        "hyphenation": _("orddeling ved linjeskift"),
        "ligature": _("sammensat bogstavtegn"),
        "page_header": _("sidehoved"),
        "page_footer": _("sidefod"),
        "page_number": _("sidetal"),
        "markup": _("opmærkning"),
    }


def _of_documents(_: Language) -> Words:
    return {
        "documents_page": _("Dokumenter"),
        "unread": _.gettext("Filen kunne ikke læses. %(reason)s"),
        "not_counted": _.gettext("Dokumentet tælles ikke med: %(why)s."),
        "near": _("Det ligner"),
        "alike": _.gettext("%(share)s ens"),
        "closed_items": [
            _.ngettext(
                "%(n)s afsnit fra et lukket punkt er udeladt i denne udgave.",
                "%(n)s afsnit fra lukkede punkter er udeladt i denne udgave.",
                n,
            )
            for n in FORMS
        ],
        "facts": _("Oplysninger og hvad de bygger på"),
        "municipality": _("Kommune"),
        "date": _("Dato"),
        "kind": _("Type"),
        "body": _("Udvalg eller afsender"),
        "cases": _("Sagsnumre"),
        "file": _("Fil"),
        "extent": _("Omfang"),
        "quality": _("Tekstkvalitet"),
        "not_found": _("ikke fundet"),
        "undated": _("uden dato"),
        "from": _.gettext("ud fra: %(evidence)s"),
        "sure": _.gettext("sikkerhed %(share)s"),
        "pages": [_.ngettext("%(n)s side", "%(n)s sider", n) for n in FORMS],
        "ocr_pages": [_.ngettext("%(n)s læst ved OCR", "%(n)s læst ved OCR", n) for n in FORMS],
        "words": [_.ngettext("%(n)s ord", "%(n)s ord", n) for n in FORMS],
        "counted": _.gettext("%(part)s af %(whole)s afsnit talt med"),
        "undamaged": _("ingen tegn på skade"),
        "damaged": _.gettext("%(share)s af ordene vurderes skadet i råteksten"),
        "repaired": [_.ngettext("%(n)s ord rettet", "%(n)s ord rettet", n) for n in FORMS],
        "themes": _("Temaer i dokumentet"),
        "text": _("Tekst"),
        "untitled": _("Uden titel"),
        "page": _.gettext("Side %(n)s"),
        "on_page": _.gettext("side\u00a0%(n)s"),
        "inside": _.gettext("heri: %(title)s"),
        "score": _.gettext("sikkerhed %(score)s"),
        "tone": _.gettext("tone: %(tone)s"),
        "says": _.gettext("siges af: %(holder)s"),
        "shared": _("Fælles passage: se den hos de andre"),
        "fetching_document": _("Henter dokumentet …"),
        "missing": _.gettext("Filen %(file)s mangler. Mappen »data« skal ligge ved siden af index.html."),
    }


def _of_repairs(_: Language) -> Words:
    return {
        "text_note": _(
            "Rettede ord er markeret, og hvad der stod før, er markeret i råteksten. Samlede linjer og orddelinger er "
            "rettet uden mærke."
        ),
        "only_repaired": _("Vis kun afsnit med rettelser"),
        "show_raw": _("Vis råteksten ved siden af"),
        "repaired_text": _("Rettet tekst"),
        "raw_text": _("Rå tekst, som filen blev læst"),
        "raw": _("Rå tekst:"),
        "stood": _.gettext("Stod der: %(before)s (%(rule)s)"),
        "ins_start": _("rettet til: "),
        "del_start": _("stod der: "),
        "mark_end": _(" (slut) "),
        "suggestions": [
            _.ngettext("%(n)s forslag, der ikke er rettet", "%(n)s forslag, der ikke er rettet", n) for n in FORMS
        ],
        "suggestions_note": _("Programmet var ikke sikkert nok til at rette dem. Teksten er analyseret, som den står."),
        "word": _("Som det står"),
        "proposal": _("Forslag"),
        "rule": _("Regel"),
        "confidence": _("Sikkerhed"),
        "where": _("Sted"),
        "show_there": _("vis i teksten"),
        "remove": _("slettes"),
        "shown_paragraphs": _.gettext("%(part)s af %(whole)s afsnit vises"),
    }


def _of_search(_: Language) -> Words:
    return {
        "start": _("Skriv et ord, eller vælg et tema."),
        "none": _("Ingen afsnit passer. Alle ord skal stå i samme afsnit."),
        "hits": _.gettext("%(paragraphs)s i %(documents)s"),
        "fetching": _.gettext("Gennemser dokumenterne: %(share)s"),
        "show": _("Vis i dokumentet"),
        "copy": _("Kopiér med kilde"),
        "previous": _("Forrige"),
        "next": _("Næste"),
        "page_of": _.gettext("Side %(page)s af %(pages)s"),
        "only": _("Også valgt:"),
        "drop": _.gettext("Fjern valget »%(choice)s«"),
        "any_pair": _("i par af udfordring og tiltag"),
        "any_shared": _("fælles passage"),
        "this_shared": _("samme passage hos flere kommuner"),
        "exact_word": _.gettext("ordet »%(word)s«"),
        "measure_named": _.gettext("tiltag: %(name)s"),
        "holder": _.gettext("siges af: %(holder)s"),
        "no_holder": _("ingen nævnt som afsender"),
    }
