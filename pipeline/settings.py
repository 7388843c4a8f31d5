"""One model per file in `configs/`; unknown keys and wrong values are refused with file, key and remedy.

Settings flow one way: YAML -> these models -> function arguments.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline import resources
from pipeline.errors import ConfigurationError

Share = Annotated[float, Field(ge=0, le=1)]


class SettingsModel(BaseModel):
    """Base of all settings: frozen, no unknown keys; `file` is the name below `configs/`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: ClassVar[str]


class Extract(SettingsModel):
    """How documents are read."""

    file: ClassVar[str] = "extract.yaml"
    corpus: str = "corpora/sample"
    max_bytes: int = Field(20_000_000, gt=0)
    max_seconds: float = Field(120, gt=0)
    max_memory_mb: int = Field(2048, ge=256)
    max_pages: int = Field(2000, gt=0)
    ocr_language: str = "dan"
    ocr_dpi: int = Field(300, ge=72, le=600)
    near_duplicate_similarity: Share = 0.8
    quarantine_threshold: Share = 1.0


class Clean(SettingsModel):
    """How damage is repaired."""

    file: ClassVar[str] = "clean.yaml"
    repair_ocr: bool = True
    repair_threshold: Share = 0.5
    furniture_min_pages: int = Field(3, ge=2)


class Segment(SettingsModel):
    """How text is cut into paragraphs."""

    file: ClassVar[str] = "segment.yaml"
    max_heading_characters: int = Field(120, gt=0)


class Lemmatize(SettingsModel):
    """Which spaCy pipeline reads the text."""

    file: ClassVar[str] = "lemmatize.yaml"
    model: str = "models/da_core_ddt_sm"
    batch_size: int = Field(64, gt=0)


Format = Literal["fp32", "bf16"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Embed(SettingsModel):
    """Which sentence-transformers model turns text into vectors."""

    file: ClassVar[str] = "embed.yaml"
    model: str = "models/e5-small-da"
    prefix: str = "query: "
    format: Format = "bf16"
    batch_tokens: int = Field(256, gt=0)
    length_multiple: int = Field(8, gt=0)
    max_tokens: int = Field(512, gt=0)


class Cluster(SettingsModel):
    """How paragraphs get their themes."""

    file: ClassVar[str] = "cluster.yaml"
    head: str = "models/themes"
    max_themes: int = Field(3, ge=1, le=10)
    min_score: Share = 0.3
    min_characters: int = Field(25, ge=0)
    discover_min_paragraphs: int = Field(40, ge=2)
    discover_min_topic_size: int = Field(6, ge=2)
    discover_min_documents: int = Field(2, ge=1)
    mode: Literal["fit", "frozen"] = "fit"
    max_drift: Share = 0.15


class Sentiment(SettingsModel):
    """How tone is scored."""

    file: ClassVar[str] = "sentiment.yaml"
    head: str = "models/sentiment"
    neutral: Share = 0.58
    mixed: Share = 0.65


class Compare(SettingsModel):
    """How municipalities are compared."""

    file: ClassVar[str] = "compare.yaml"
    confidence: float = Field(0.95, gt=0.5, lt=1)
    min_documents: int = Field(5, ge=2)
    keyness_terms: int = Field(12, ge=1)
    previous: str | None = None


class Report(SettingsModel):
    """What the report shows."""

    file: ClassVar[str] = "report.yaml"
    title: str = "Temaspejl"
    language: Literal["da", "en"] = "da"
    quotes: int = Field(3, ge=0)
    edition: Literal["shared", "authorised"] = "shared"
    health_themes: tuple[str, ...] = ("sick_leave",)
    min_group: int = Field(3, ge=1)
    inline_paragraphs: int = Field(5000, ge=0)


class Evaluate(SettingsModel):
    """What is measured against the gold."""

    file: ClassVar[str] = "evaluate.yaml"
    min_overlap: Share = 0.5
    resamples: int = Field(1000, ge=100)
    seed: int = 20_213


class Theme(SettingsModel):
    """One theme of the codebook."""

    file: ClassVar[str] = "themes.yaml"
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    da: str = Field(min_length=1)
    en: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    kle: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


class Codebook(SettingsModel):
    """The codebook: the themes that every run looks for."""

    file: ClassVar[str] = "themes.yaml"
    themes: tuple[Theme, ...] = Field(min_length=1)

    @field_validator("themes")
    @classmethod
    def _distinct(cls, themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
        ids = [theme.id for theme in themes]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"the id {', '.join(twice)} is used twice: give each theme its own")
        return themes


class Municipality(SettingsModel):
    """One municipality of the gazetteer."""

    file: ClassVar[str] = "municipalities.yaml"
    name: str
    genitive: str
    spellings: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()


class Gazetteer(SettingsModel):
    """All municipalities."""

    file: ClassVar[str] = "municipalities.yaml"
    municipalities: tuple[Municipality, ...] = Field(min_length=1)


MODELS: tuple[type[SettingsModel], ...] = (
    Extract, Clean, Segment, Lemmatize, Embed, Cluster, Sentiment, Compare, Report, Evaluate, Codebook, Gazetteer,
)  # fmt: skip
Model = TypeVar("Model", bound=SettingsModel)


def load(model: type[Model], configs: Path | None = None) -> Model:
    """Read one file of settings, from `configs` where it holds that file, else the shipped one.

    ConfigurationError names the file, the key, what is wrong with it and what may stand there.
    """
    source = resources.root() / "configs" / model.file
    if configs is not None and (configs / model.file).exists():
        source = configs / model.file
    try:
        content = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{source} cannot be read as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict | None):
        raise ConfigurationError(f"{source} must hold keys and values, not {type(content).__name__}")
    return _validate(model, content or {}, source)


def _validate(model: type[Model], content: dict[str, Any], source: Path) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        details = error.errors()
        # A list whose items are wrong also counts as too short.
        wrong = [detail for detail in details if detail["type"] != "too_short"] or details
        problems = "; ".join(_problem(detail, model) for detail in wrong)
        raise ConfigurationError(f"{source}: {problems}") from error


def _problem(detail: Any, model: type[SettingsModel]) -> str:
    key = ".".join(map(str, detail["loc"])) or "file"
    if detail["type"] == "extra_forbidden":
        return f"unknown key `{key}`: remove or correct it (known keys: {', '.join(_known_keys(model, detail['loc']))})"
    if detail["type"] == "missing":
        return f"key `{key}` is missing: add it"
    expected = detail["msg"].replace("tuple", "list").replace("Tuple", "List")
    return f"key `{key}`: {expected}, found {str(detail['input'])[:60]!r}"


def _known_keys(model: type[SettingsModel], place: tuple[Any, ...]) -> list[str]:
    """Return the keys that may stand where the last of `place` does, at the top or in one item of a list."""
    if len(place) == 1:
        return list(model.model_fields)
    item: type[SettingsModel] = get_args(model.model_fields[place[0]].annotation)[0]
    return list(item.model_fields)


def check_configs(configs: Path) -> None:
    """Check a whole folder of settings; ConfigurationError for a file that no stage reads, or a wrong one.

    Hidden files and folders (`.git`) are passed over.
    """
    if not configs.is_dir():
        raise ConfigurationError(f"{configs} is no folder: name one that holds YAML files as in configs/")
    known = {model.file: model for model in MODELS}
    for source in sorted(configs.iterdir()):
        if source.name.startswith(".") or source.name == "__pycache__":
            continue
        if source.name not in known:
            raise ConfigurationError(f"{source}: no stage reads this file; known files: {', '.join(known)}")
        load(known[source.name], configs)
