"""Themes by several models on the labelled paragraphs of the sample, and the time that discovery takes on 20,000.

All models see the same paragraphs and vectors; what surrounds a paragraph, only ours asks for. KeyNMF and EVoC take
part where turftopic and evoc are installed (turftopic 0.28 wants an older rich than constraints.txt names). Figures are
those of the test split's paragraphs; the codebook's head was fitted on the others. "kept" is the share of paragraphs
whose theme is the same, once themes are paired off, with other seeds and without 15 % of the documents. "leak" is the
mean over the gold themes of the AMI of found theme and municipality. Runs on the tables of the checkout.
"""

from __future__ import annotations

import resource
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from pipeline import resources, tables
from pipeline.cluster import discover, terms
from pipeline.cluster.assign import assignments
from pipeline.cluster.context import Unit, units
from pipeline.cluster.head import Head
from pipeline.cluster.procedure import may_have_theme
from pipeline.cluster.scoring import matrix, theme_scores
from pipeline.evaluate.gold import match, read_spans
from pipeline.settings import Cluster, Codebook, Embed, load
from pipeline.vectors import Embedder
from pipeline.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SEEDS, DRAWS, HELD_BACK = (1, 2, 3), 5, 0.15
LARGE = 20_000
COLUMNS = (
    "model", "themes", "none", "NMI", "AMI", "macro-F1", "NMI with municipality", "leak", "kept: seed", "kept: -15 %",
    "seconds", "MB",
)  # fmt: skip


SURROUNDINGS = ("headings", "peers", "above", "titles")  # fields of a unit that hold positions


@dataclass(frozen=True)
class Data:
    """The labelled paragraphs: units of the whole sample, and of each labelled one what is known."""

    all_units: list[Unit]
    raw: np.ndarray
    rows: np.ndarray
    placed: np.ndarray
    lemmas: list[list[str]]
    gold: np.ndarray
    documents: np.ndarray
    municipalities: np.ndarray
    test: np.ndarray

    def part(self, kept: np.ndarray) -> Data:
        """Return the data with some of the labelled paragraphs."""
        known = set(self.documents[kept])
        here = [index for index, one in enumerate(self.all_units) if one.document_id in known]
        number = {old: new for new, old in enumerate(here)}
        moved = [
            replace(one, **{name: tuple(number[at] for at in getattr(one, name)) for name in SURROUNDINGS})
            for one in map(self.all_units.__getitem__, here)
        ]
        chosen = np.flatnonzero(kept)
        return Data(
            moved, self.raw[here], np.array([number[row] for row in self.rows[chosen]]), self.placed[chosen],
            [self.lemmas[n] for n in chosen], self.gold[chosen], self.documents[chosen], self.municipalities[chosen],
            self.test[chosen],
        )  # fmt: skip


def read(folder: Path) -> Data:
    head = Head.load(resources.resolve(load(Cluster).head))
    tokens = {row["paragraph_id"]: row for row in tables.read_rows(folder, "tokens")}
    paragraphs = tables.read_rows(folder, "paragraphs")
    everything = units(paragraphs, tokens.values())
    raw = matrix(everything, tables.read_rows(folder, "embeddings"), head.space.mean)
    position = {unit.paragraph_id: index for index, unit in enumerate(everything)}
    spans = read_spans(ROOT / "corpora" / "gold" / "paragraphs.csv")
    pairs = {name: span for name, span in zip(match(spans, paragraphs, 0.5), spans, strict=True) if span.themes}
    pairs.pop(None, None)
    names = sorted(pairs)
    place = {row["document_id"]: row["municipality"] or "" for row in tables.read_rows(folder, "documents")}
    rows = np.array([position[name] for name in names])
    return Data(
        everything, raw, rows, head.space.place(raw[rows]), [terms.content_lemmas(tokens[name]) for name in names],
        np.array([pairs[name].themes[0] for name in names]), np.array([pairs[name].document_id for name in names]),
        np.array([place[pairs[name].document_id] for name in names]),
        np.array([pairs[name].split == "test" for name in names]),
    )  # fmt: skip


def codebook(data: Data, seed: int) -> np.ndarray:
    settings, themes = load(Cluster), load(Codebook).themes
    head = Head.load(resources.resolve(settings.head))
    embedder = Embedder(load(Embed), Workspace.checkout(ROOT).memo)
    scores = theme_scores(data.all_units, data.raw, themes, embedder, head)
    may = [may_have_theme(unit, settings.min_characters) for unit in data.all_units]
    ids = [theme.id for theme in themes]
    found = assignments(data.all_units, scores, ids, may, min_score=settings.min_score, max_themes=1)
    by_paragraph = {row["paragraph_id"]: ids.index(row["theme_id"]) for row in found}
    return np.array([by_paragraph.get(data.all_units[row].paragraph_id, -1) for row in data.rows])


def unguided(data: Data, seed: int) -> np.ndarray:
    head = Head.load(resources.resolve(load(Cluster).head))
    vectors = head.space.place(discover.in_surroundings(data.all_units, data.raw)[data.rows])
    keys = [data.all_units[row].paragraph_id for row in data.rows]
    settings = load(Cluster)
    smallest = discover.Smallest(settings.discover_min_topic_size, settings.discover_min_documents)
    return discover.cluster(vectors, keys, list(data.documents), smallest)


def bertopic(data: Data, seed: int) -> np.ndarray:
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(language="danish", umap_model=umap, embedding_model=None)
    texts = [data.all_units[row].text for row in data.rows]
    return np.array(model.fit_transform(texts, embeddings=data.placed)[0])


def nmf(data: Data, seed: int) -> np.ndarray:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(analyzer=list, min_df=2).fit_transform(data.lemmas)
    return _strongest(NMF(17, init="nndsvdar", random_state=seed, max_iter=500).fit_transform(weights))


def keynmf(data: Data, seed: int) -> np.ndarray:
    from sklearn.feature_extraction.text import CountVectorizer
    from turftopic import KeyNMF

    head = Head.load(resources.resolve(load(Cluster).head))

    class Encoder:
        embedder = Embedder(load(Embed), Workspace.checkout(ROOT).memo)

        def encode(self, words: list[str], **_: object) -> np.ndarray:
            return head.space.place(self.embedder.embed(list(words)))

    vectorizer = CountVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False, min_df=2)
    model = KeyNMF(17, encoder=Encoder(), vectorizer=vectorizer, random_state=seed)
    return _strongest(model.fit_transform([" ".join(row) for row in data.lemmas], embeddings=data.placed))


def evoc(data: Data, seed: int) -> np.ndarray:
    from evoc import EVoC

    return np.array(EVoC(base_min_cluster_size=8, random_state=seed).fit_predict(data.placed.astype(np.float32)))


def _strongest(weights: np.ndarray) -> np.ndarray:
    return np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)


MODELS: dict[str, tuple[Callable[[Data, int], np.ndarray], str]] = {
    "temaspejl, codebook": (codebook, ""),
    "temaspejl, discovery alone": (unguided, ""),
    "BERTopic, default parts": (bertopic, ""),
    "NMF, 17 components": (nmf, ""),
    "KeyNMF, 17 components": (keynmf, "turftopic"),
    "EVoC": (evoc, "evoc"),
}


def measure(folder: str = str(ROOT / "corpora" / "tables")) -> Iterator[str]:
    """Yield a table of the models, then what discovery takes on many paragraphs."""
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|" + "---|" * len(COLUMNS)
    for name, (_, package) in MODELS.items():
        if package and find_spec(package) is None:
            yield f"| {name} | not run: {package} is not installed |"
            continue
        yield _alone(_line, name, folder)
    yield ""
    yield _alone(_large, folder)


def _alone(function: Callable[..., str], *arguments: str) -> str:
    """Run in a fresh process, so that memory is the function's own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def _line(name: str, folder: str) -> str:
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

    warnings.filterwarnings("ignore")
    data, model = read(Path(folder)), MODELS[name][0]
    started = time.perf_counter()
    labels = model(data, 0)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    gold, found, place = data.gold[data.test], labels[data.test], data.municipalities[data.test]
    figures = (
        normalized_mutual_info_score(gold, found),
        adjusted_mutual_info_score(gold, found),
        _macro_f1(gold, found),
        normalized_mutual_info_score(place, found),
        _leak(gold, found, place),
        np.mean([_kept(labels, model(data, seed)) for seed in SEEDS]),
        np.mean([_kept(labels[kept], model(data.part(kept), 0)) for kept in _without(data)]),
    )
    numbers = " | ".join(f"{figure:.2f}" for figure in figures)
    clusters, none = len(set(labels) - {-1}), (found < 0).mean()
    return f"| {name} | {clusters} | {none:.0%} | {numbers} | {seconds:.1f} | {memory} |"


def _leak(gold: np.ndarray, found: np.ndarray, place: np.ndarray) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    themes, sizes = np.unique(gold, return_counts=True)
    leaks = [adjusted_mutual_info_score(place[gold == theme], found[gold == theme]) for theme in themes]
    return float(np.average(leaks, weights=sizes))


def _without(data: Data) -> Iterator[np.ndarray]:
    names = np.unique(data.documents)
    for draw in range(DRAWS):
        gone = np.random.default_rng(draw).choice(names, round(HELD_BACK * len(names)), replace=False)
        yield ~np.isin(data.documents, gone)


def _paired(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pair the values of two labellings off so that most rows agree: the values, and the counts of all pairs."""
    from scipy.optimize import linear_sum_assignment

    ours, theirs = (sorted(set(side) - {-1}) for side in (first, second))
    common = np.array([[((first == a) & (second == b)).sum() for b in theirs] for a in ours]).reshape(len(ours), -1)
    rows, columns = linear_sum_assignment(-common)
    return np.array(ours)[rows], np.array(theirs)[columns], common[rows, columns]


def _kept(before: np.ndarray, after: np.ndarray) -> float:
    return float((_paired(before, after)[2].sum() + ((before < 0) & (after < 0)).sum()) / len(before))


def _macro_f1(gold: np.ndarray, found: np.ndarray) -> float:
    scores = dict.fromkeys(gold.tolist(), 0.0)
    for theme, cluster, common in zip(*_paired(gold, found), strict=True):
        scores[theme] = 2 * common / ((gold == theme).sum() + (found == cluster).sum())
    return float(np.mean(list(scores.values())))


def _large(folder: str) -> str:
    """Discover themes in 20,000 paragraphs, each a mixture of two of the sample's that share their theme."""
    data, generator = read(Path(folder)), np.random.default_rng(5)
    head = Head.load(resources.resolve(load(Cluster).head))
    vectors = head.space.place(discover.in_surroundings(data.all_units, data.raw)[data.rows])
    base = generator.integers(0, len(vectors), LARGE)
    mate = np.array([generator.choice(np.flatnonzero(data.gold == data.gold[row])) for row in base])
    noise = 0.03 * generator.standard_normal((LARGE, vectors.shape[1]))
    mixed = 0.65 * vectors[base] + 0.35 * vectors[mate] + noise
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    texts = [data.lemmas[one] + data.lemmas[other] for one, other in zip(base, mate, strict=True)]
    keys = [f"p{row}" for row in range(LARGE)]
    documents = [
        f"{data.documents[row]}-{part}" for row, part in zip(base, generator.integers(0, 15, LARGE), strict=True)
    ]
    started = time.perf_counter()
    topics = discover.discover(texts, mixed, keys, documents, discover.Smallest(6, 2))
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"discovery in {LARGE} paragraphs: {len(topics)} themes, {seconds:.1f} s with imports, {memory} MB"
