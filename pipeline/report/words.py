"""The words that the page's scripts write, in both languages: `word("copied")`, `plural("paragraphs", 3)`."""

from __future__ import annotations

import json

from markupsafe import Markup

from pipeline.report import document_words
from pipeline.report.document_words import Words
from pipeline.report.language import DANISH, ENGLISH, Language


def words(_: Language) -> Words:
    """Return the words by key; those that go with a number in two forms, those for codes by code."""
    own: Words = {
        "copied": _("Kopieret med kilde"),
        "light": _("Lys"),
        "dark": _("Mørk"),
        "to_light": _("Skift til lys visning"),
        "to_dark": _("Skift til mørk visning"),
        "of": _.gettext("%(part)s af %(whole)s"),
        "documents": [_.ngettext("%(n)s dokument", "%(n)s dokumenter", n) for n in (1, 2)],
        "paragraphs": [_.ngettext("%(n)s afsnit", "%(n)s afsnit", n) for n in (1, 2)],
    }
    return own | document_words.words(_)


def as_json() -> Markup:
    """Return the words of both languages as JSON that can stand inside a script element."""
    content = {language.code: words(language) for language in (DANISH, ENGLISH)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
