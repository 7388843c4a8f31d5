from __future__ import annotations

import numpy as np

from pipeline.settings import Embed
from pipeline.vectors import Embedder, VectorStore, text_key

TEXTS = [
    "Ja.",
    "",
    "Sygefraværet er faldet.",
    "Rekruttering af pædagoger er svær, og ansøgerfeltet skrumper år for år i hele regionen.",
    " ".join(["Udvalget drøftede budgettet for de kommende fire år."] * 12),
    " ".join(["En meget lang tekst, som modellen må skære af."] * 80),
    *(f"Punkt {number}: orientering om dagtilbud nr. {number * number}" for number in range(12)),
]


def test_a_vector_depends_on_its_text_alone(embedder, fresh, monkeypatch):
    """Not on the order, the other texts, the number of threads or the memo: bit for bit."""
    vectors = embedder.embed(TEXTS)
    order = np.random.default_rng(1).permutation(len(TEXTS))
    for chosen, workers in ((order, 1), (order[:5], 2), (order[:1], 3)):
        monkeypatch.setenv("TEMASPEJL_WORKERS", str(workers))
        fresh.store.folder = fresh.store.folder.with_name(f"other-{len(chosen)}")
        assert np.array_equal(fresh.embed([TEXTS[index] for index in chosen]), vectors[chosen])


def test_rows_are_unit_vectors_in_the_order_of_the_texts(embedder):
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(embedder.embed(TEXTS[::-1]), vectors[::-1])


def test_no_text_is_embedded_twice(embedder, memo):
    embedder.embed([*TEXTS, *TEXTS])
    before = embedder.computed
    embedder.embed(TEXTS)
    assert embedder.computed == before
    later = Embedder(Embed(), memo)
    later.__dict__["_encoder"] = None  # would fail if anything had to be computed
    assert np.array_equal(later.embed(TEXTS), embedder.embed(TEXTS))


def test_no_texts_give_no_vectors(embedder):
    assert embedder.embed([]).shape == (0, 0)


def test_another_format_or_prefix_has_a_memo_of_its_own(memo):
    folders = {Embedder(settings, memo).store.folder for settings in
               (Embed(), Embed(format="fp32"), Embed(prefix=""), Embed(batch_tokens=64))}  # fmt: skip
    assert len(folders) == 4


def test_the_store_keeps_what_it_was_given_and_survives_damage(tmp_path):
    store = VectorStore(tmp_path / "store")
    vectors = {text_key(str(number)): np.full(4, number, dtype=np.float32) for number in range(600)}
    store.put(dict(list(vectors.items())[:300]))
    store.put(dict(list(vectors.items())[300:]))
    found = store.get([*vectors, text_key("unknown")])
    assert found.keys() == vectors.keys()
    assert all(np.array_equal(found[key], vectors[key]) for key in vectors)
    shard = text_key("7")[:1]
    (tmp_path / "store" / f"{shard.hex()}.npy").write_bytes(b"\x93NUMPY broken")
    assert store.get([text_key("7")]) == {}
    store.put({text_key("7"): vectors[text_key("7")]})
    assert list(store.get([text_key("7")])) == [text_key("7")]
