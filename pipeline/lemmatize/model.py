"""Finds and loads the spaCy pipeline that the config names, and checks that it can do what the stage needs."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import resources
from pipeline.errors import ConfigurationError
from pipeline.settings import Lemmatize

if TYPE_CHECKING:
    from spacy.language import Language

# What a pipeline must set on a text: spaCy's name of it, and the components that usually do.
NEEDED = {
    "token.pos": "a morphologizer (or tagger and attribute_ruler)",
    "token.lemma": "a lemmatizer",
    "doc.sents": "a parser (or senter)",
    "doc.ents": "an entity recogniser (ner)",
}


def locate(settings: Lemmatize) -> Path:
    """Return the folder of the pipeline: below the installed resources, any other, or an installed package's.

    ConfigurationError if there is neither a folder nor a package of that name.
    """
    folder = resources.resolve(settings.model)
    if (folder / "config.cfg").is_file():
        return folder
    package = find_spec(settings.model) if settings.model.isidentifier() else None
    if package is not None and package.origin is not None:
        return Path(package.origin).parent
    raise ConfigurationError(
        f"{settings.file}, key `model`: {settings.model!r} is neither a spaCy pipeline's folder ({folder} holds no "
        "config.cfg) nor an installed package: `python -m spacy download da_core_news_sm` installs that one, "
        "models/da_core_ddt_sm comes with temaspejl"
    )


def load(settings: Lemmatize) -> Language:
    """Load the pipeline (one second or two); ConfigurationError if it cannot be loaded or lacks a component."""
    import spacy

    folder = locate(settings)
    try:
        nlp = spacy.load(folder if (folder / "config.cfg").is_file() else settings.model)
    except (OSError, ValueError, ImportError) as error:
        raise ConfigurationError(
            f"{settings.file}, key `model`: spaCy cannot load {settings.model!r} ({error}); "
            f"it needs a pipeline made for spaCy {version('spacy')}"
        ) from error
    check(nlp, settings)
    return nlp


def check(nlp: Language, settings: Lemmatize) -> None:
    """Raise ConfigurationError if no active component of the pipeline sets something that the stage reads."""
    assigned = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    if {"token.is_sent_start"} & assigned:
        assigned.add("doc.sents")
    for attribute, component in NEEDED.items():
        if attribute not in assigned:
            raise ConfigurationError(
                f"{settings.file}, key `model`: {settings.model!r} sets no {attribute} (it has: "
                f"{', '.join(nlp.pipe_names) or 'no components'}); name a pipeline with {component}, "
                "such as models/da_core_ddt_sm or da_core_news_sm"
            )
