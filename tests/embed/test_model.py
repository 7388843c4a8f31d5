from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from pipeline import encoder, linear, resources
from pipeline.errors import ConfigurationError
from pipeline.settings import Embed
from pipeline.vectors import Embedder

FOLDER = resources.resolve("models/e5-small-da")


def test_sentence_transformers_loads_the_shipped_model_unaided_and_offline(tmp_path):
    code = (
        "import json; from sentence_transformers import SentenceTransformer as S; "
        f"v = S({str(FOLDER)!r}).encode(['query: hej'])[0]; print(json.dumps([len(v), float((v*v).sum())]))"
    )
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    length, norm = json.loads(done.stdout.splitlines()[-1])
    assert length == 384
    assert norm == pytest.approx(1)


def test_the_shipped_model_is_small_and_its_card_states_what_was_measured():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 70_000_000
    measures = json.loads((FOLDER / "measures.json").read_text(encoding="utf-8"))
    card = (FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"{measures['pieces']:,} of" in card
    for text in ("lcc_held_out", "documents"):
        assert f"{measures[text]['coverage']:.1%}".replace("%", " %") in card
        assert f"mean {measures[text]['cosine_to_uncut']['mean']:.4f}" in card


def test_no_danish_letter_or_sign_is_unknown(embedder):
    tokenizer = embedder._encoder.model.tokenizer
    text = 'Ærø, Øster Åby: "sygefravær" – 12,5 % (§ 4) • 3½ m² é ü ö € & / * # 2025-03-19 Å'
    assert tokenizer.unk_token_id not in tokenizer(text)["input_ids"]
    assert tokenizer.convert_tokens_to_ids(["<s>", "<pad>", "</s>", "<unk>"]) == [0, 1, 2, 3]


def test_vectors_equal_those_of_sentence_transformers(embedder, tmp_path):
    texts = ["Sygefraværet er faldet.", "Budgettet for dagtilbud er presset af flere børn med behov for støtte."]
    plain = SentenceTransformer(str(FOLDER), device="cpu").encode(["query: " + text for text in texts])
    exact = Embedder(Embed(format="fp32"), tmp_path).embed(texts)
    assert np.allclose(exact, plain, atol=1e-5)
    assert (embedder.embed(texts) * plain).sum(axis=1).min() > 0.999


def test_near_meanings_lie_nearer_than_far_ones(embedder):
    texts = ["Medarbejderne er ofte syge.", "Sygefraværet blandt personalet er højt.", "Der bygges en ny cykelsti."]
    sick, absence, cycling = embedder.embed(texts)
    assert sick @ absence > max(sick @ cycling, absence @ cycling)


@pytest.mark.parametrize("name", ["models/missing", "/no/such/folder"])
def test_a_missing_folder_is_a_configuration_error(name):
    with pytest.raises(ConfigurationError, match=r"embed\.yaml, key `model`"):
        encoder.locate(Embed(model=name))


def test_an_unknown_hub_id_says_what_to_do_offline(monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ConfigurationError, match="shipped models/e5-small-da"):
        encoder.locate(Embed(model="nobody/no-such-model"))


def test_a_folder_that_is_no_model_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError, match="no sentence-transformers model"):
        encoder.Encoder(tmp_path, Embed(model=str(tmp_path)))


def test_the_fingerprint_follows_what_decides_a_vector():
    prints = [
        encoder.fingerprint(FOLDER, settings)
        for settings in (Embed(), Embed(batch_tokens=64), Embed(format="fp32"), Embed(prefix=""), Embed(max_tokens=64))
    ]
    assert prints[0] == prints[1]
    assert len(set(prints[1:])) == 4


def test_a_processor_without_bf16_gives_nearly_the_same_vectors(embedder, tmp_path, monkeypatch):
    texts = ["Sygefraværet er faldet.", "Budgettet for dagtilbud er presset af flere børn med behov for støtte."]
    native = embedder.embed(texts)
    monkeypatch.setattr(linear, "multiplies_bf16", lambda: False)
    elsewhere = Embedder(Embed(), tmp_path).embed(texts)
    assert (native * elsewhere).sum(axis=1).min() > 0.9999
