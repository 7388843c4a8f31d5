"""Tune the converted model on text written for it.

    python models/e5-small-da/tune.py --base DIR --lcc DIR --output DIR

`--base` is what build.py writes, `--lcc` holds the sentences of fnielsen/lcc-sentiment. Three losses at once: texts of
one theme or subject lie close to each other and to what describes it (supervised contrastive loss, Khosla et al. 2020);
tone and act can be read off a sentence's vector; and sentences of LCC without a label stay where they were. The
vocabulary's vectors are not touched. About two seconds a step on two idle cores with bf16, 1,028 steps. No labelled
text that a figure of this project is measured on is read here.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from torch.nn.functional import cross_entropy, normalize
from written import Paragraph, Sentence, Subject, paragraphs, sentences, subjects

from pipeline.progress import track
from pipeline.sentiment.head import ACTS, TONES
from pipeline.settings import Codebook, Embed, Theme, load

WRITTEN = Path(__file__).resolve().parents[2] / "corpora" / "written"
SEED = 0
EPOCHS = 2
RATE, HEAD_RATE, WARM_UP, DECAY, LARGEST_GRADIENT = 6e-5, 2e-3, 30, 0.01, 1.0
DROPOUT = 0.05
THEMED = 32  # labelled paragraphs and passages of subjects a step
RELATED = 0.35  # cosine of centred descriptions from which subjects may mean the same
KEPT, KEPT_SENTENCES = 12, 3000  # sentences of LCC a step, and in all
TEMPERATURE = 0.05
TONE_SCALE, SMOOTHING = 6.0, 0.05
TONE_WEIGHT, ACT_WEIGHT, KEPT_WEIGHT = 1.5, 0.4, 20.0
LONGEST = 400  # characters
Item = TypeVar("Item")


@dataclass(frozen=True)
class Text:
    """A text and the classes (themes or subjects) it belongs to; `main` is the first, -1 for none."""

    text: str
    main: int
    classes: frozenset[int]


class Texts:
    """The themes of the shipped codebook and the subjects as classes 0, 1, ...: what describes each, what belongs."""

    def __init__(self, themes: Sequence[Theme], themed: Sequence[Paragraph], written: Sequence[Subject]) -> None:
        place = {theme.id: number for number, theme in enumerate(themes)}
        self.names = [f"{theme.da}: {theme.definition}" for theme in themes]
        self.described = [
            [name, name, name, theme.da, theme.definition, *theme.include, *theme.examples]
            for name, theme in zip(self.names, themes, strict=True)
        ]
        self.texts = []
        for one in themed:
            classes = [place[name] for name in one.themes]
            self.texts.append(Text(one.text[:LONGEST], classes[0] if classes else -1, frozenset(classes)))
        for number, subject in enumerate(written, len(themes)):
            name = f"{subject.name}: {subject.definition}"
            self.names.append(name)
            self.described.append([name, name, subject.name, subject.definition])
            self.texts += [Text(passage[:LONGEST], number, frozenset([number])) for passage in subject.passages]


class Tuning:
    """The model, the linear layer that reads tone and act, and the losses."""

    def __init__(self, base: Path, kept: Sequence[str], names: Sequence[str]) -> None:
        self.model = SentenceTransformer(str(base), device="cpu", local_files_only=True).float()
        self.prefix = load(Embed).prefix
        self._kept = list(kept)
        self._before = self._frozen(self._kept)
        self._mean = self._before.mean(dim=0)
        centred = normalize(self._frozen(names) - self._mean, dim=1)
        self._related = centred @ centred.T > RELATED
        self.reader = torch.nn.Linear(self._before.shape[1], len(TONES) + len(ACTS))
        torch.nn.init.zeros_(self.reader.weight)
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad = "embeddings" not in name
        for module in self.model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = DROPOUT

    def _frozen(self, texts: Sequence[str]) -> torch.Tensor:
        with torch.no_grad():
            return torch.cat([self.vectors(texts[start : start + 64]) for start in range(0, len(texts), 64)])

    @property
    def parameters(self) -> list[torch.nn.Parameter]:
        """What is tuned of the model."""
        return [parameter for parameter in self.model.parameters() if parameter.requires_grad]

    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """Return unit vectors, computed in bf16."""
        features = self.model.preprocess([self.prefix + text for text in texts])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found: torch.Tensor = self.model(features)["sentence_embedding"]
        return normalize(found.float(), dim=1)

    def contrast(self, texts: Sequence[Text], descriptions: Sequence[str]) -> torch.Tensor:
        """Pull together what has the same main class, push apart the rest, but not what may well be alike.

        That is what shares another class, and what belongs to subjects whose descriptions were close before the tuning.
        """
        named = [text for text in texts if text.main >= 0]
        vectors = torch.cat([self.vectors([text.text for text in texts]), self.vectors(descriptions)])
        main = torch.tensor([text.main for text in [*texts, *named]])
        classes = [*(text.classes for text in texts), *(frozenset([text.main]) for text in named)]
        itself = torch.eye(len(main), dtype=torch.bool)
        given = (main[:, None] >= 0) & (main[None] >= 0)
        alike = (main[:, None] == main[None]) & given & ~itself
        shared = torch.tensor([[bool(one & other) for other in classes] for one in classes])
        near = self._related[main.clamp(min=0)][:, main.clamp(min=0)] & given
        logits = (vectors @ vectors.T / TEMPERATURE).masked_fill(itself | ((shared | near) & ~alike), -1e4)
        shares = logits - torch.logsumexp(logits, dim=1, keepdim=True)
        loss = -(shares * alike).sum(dim=1) / alike.sum(dim=1).clamp(min=1)
        return loss[alike.any(dim=1)].mean()

    def tone(self, said: Sequence[Sentence]) -> torch.Tensor:
        """Let tone and act be read off the vector."""
        read = self.reader((self.vectors([one.text for one in said]) - self._mean) * TONE_SCALE)
        tone = cross_entropy(read[:, : len(TONES)], torch.tensor([one.tone for one in said]), label_smoothing=SMOOTHING)
        act = cross_entropy(read[:, len(TONES) :], torch.tensor([one.act for one in said]), label_smoothing=SMOOTHING)
        return tone + ACT_WEIGHT * act

    def moved(self, rows: list[int]) -> torch.Tensor:
        """Return how far sentences that should stay have moved: one less their cosine, on average."""
        cosine = (self.vectors([self._kept[row] for row in rows]) * self._before[rows]).sum(dim=1)
        return (1 - cosine).mean()


def unlabelled(folder: Path, rng: random.Random) -> list[str]:
    """Return sentences of LCC that nobody gave a valence."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [row["text"][:250] for row in csv.DictReader(stream) if not row["valence"]]
    return rng.sample(found, KEPT_SENTENCES)


def main() -> None:
    """Tune and save in fp16."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="the model as build.py writes it")
    parser.add_argument("--lcc", type=Path, required=True, help="folder with the CSV files of lcc-sentiment")
    parser.add_argument("--output", type=Path, required=True, help="where to write the tuned model")
    arguments = parser.parse_args()
    rng = random.Random(SEED)
    torch.manual_seed(SEED)
    texts = Texts(load(Codebook).themes, paragraphs(WRITTEN), subjects(WRITTEN))
    tuning = Tuning(arguments.base, unlabelled(arguments.lcc, rng), texts.names)
    tune(tuning, texts, rng)
    save(tuning.model, arguments.base, arguments.output)


def save(model: SentenceTransformer, base: Path, output: Path) -> None:
    """Write the base folder with the tuned layers, in fp16; `base` may have another vocabulary."""
    shutil.copytree(base, output, dirs_exist_ok=True)
    transformer: Any = model[0]
    tuned = transformer.auto_model.state_dict()
    file = output / "model.safetensors"
    weights = {
        name: (before if name.startswith("embeddings") else tuned.get(name, before)).half().contiguous()
        for name, before in load_file(str(file)).items()
    }
    save_file(weights, str(file), metadata={"format": "pt"})


def batches(items: Sequence[Item], size: int, rng: random.Random) -> Iterator[list[Item]]:
    """Yield `size` items at a time without end, all before any again."""
    while True:
        order = rng.sample(range(len(items)), len(items))
        for start in range(0, len(order) - size + 1, size):
            yield [items[place] for place in order[start : start + size]]


def tune(tuning: Tuning, texts: Texts, rng: random.Random) -> None:
    """Run EPOCHS times through the labelled texts, and about as often through the sentences with a tone."""
    toned = sentences(WRITTEN)
    groups = [
        {"params": tuning.parameters, "lr": RATE},
        {"params": list(tuning.reader.parameters()), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps_a_round = len(texts.texts) // THEMED
    steps = EPOCHS * steps_a_round
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * (1 - step / (steps + 1))
    )
    themed = batches(texts.texts, THEMED, rng)
    spoken = batches(toned, round(len(toned) / steps_a_round), rng)
    kept = batches(range(KEPT_SENTENCES), KEPT, rng)
    tuning.model.train()
    for _ in track(range(steps), "tune", steps):
        chosen, said = next(themed), next(spoken)
        descriptions = [rng.choice(texts.described[text.main]) for text in chosen if text.main >= 0]
        loss = tuning.contrast(chosen, descriptions) + TONE_WEIGHT * tuning.tone(said)
        loss = loss + KEPT_WEIGHT * tuning.moved(next(kept))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(tuning.parameters, LARGEST_GRADIENT)
        optimizer.step()
        schedule.step()


if __name__ == "__main__":
    main()
