"""The teacher: e5-small-da fine-tuned on the treebank (tags, trees, sentence starts, entities); it parses raw text.

A small convolutional parser learns from the trees of a transformer what its own data are too few for (distillation of
sequences, after Kim and Rush 2016). Arcs and labels are scored by biaffine attention (Dozat and Manning 2017).
The tags and entities help it to learn trees; what it says of them itself is no better than the pipeline's, and unused.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import AutoModel, AutoTokenizer
from treebank import Paragraph
from trees import tree

Scores = dict[str, torch.Tensor]
IGNORED = -100
EPOCHS = 5  # of the seven that the learning rate is planned for
PLANNED = 7
ENTITY_TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


class Labels(NamedTuple):
    """The tags (UPOS|FEATS) and the arcs' labels that the teacher knows, in the order of its scores."""

    tags: tuple[str, ...]
    labels: tuple[str, ...]


class Teacher(nn.Module):
    """Scores of each word of a batch: tag, sentence start, entity tag; and of each pair of words: arc, label."""

    def __init__(self, encoder: Any, labels: Labels) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.mix = nn.Parameter(torch.zeros(encoder.config.num_hidden_layers + 1))
        self.dropout = nn.Dropout(0.2)
        self.tag = nn.Linear(width, len(labels.tags))
        self.start = nn.Linear(width, 2)
        self.entity = nn.Linear(width, len(ENTITY_TAGS))
        self.arc_head, self.arc_dependent = _perceptron(width, 300), _perceptron(width, 300)
        self.label_head, self.label_dependent = _perceptron(width, 100), _perceptron(width, 100)
        self.arc = nn.Parameter(torch.zeros(301, 300))
        self.label = nn.Parameter(torch.zeros(len(labels.labels), 101, 101))
        nn.init.normal_(self.arc, std=0.01)
        nn.init.normal_(self.label, std=0.01)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor, words: torch.Tensor, count: int) -> Scores:
        """Pieces and mask (batch, pieces); words: the word of each piece, `count` where it is none."""
        layers = self.encoder(input_ids=pieces, attention_mask=mask, output_hidden_states=True).hidden_states
        weights = self.mix.softmax(0)
        mixed = sum(weight * layer for weight, layer in zip(weights, layers, strict=True))
        batch, _, width = mixed.shape
        sums = mixed.new_zeros(batch, count + 1, width)
        sums.scatter_add_(1, words.unsqueeze(-1).expand(-1, -1, width), mixed)
        sizes = torch.zeros(batch, count + 1).scatter_add_(1, words, torch.ones(words.shape))
        vectors = self.dropout((sums / sizes.clamp(min=1).unsqueeze(-1))[:, :count])
        dependent = _with_one(self.arc_dependent(vectors))
        arcs = dependent @ self.arc @ self.arc_head(vectors).transpose(1, 2)
        return {"vectors": vectors, "tag": self.tag(vectors), "start": self.start(vectors),
                "entity": self.entity(vectors), "arc": arcs}  # fmt: skip

    def label_scores(self, vectors: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Return (words, labels) for the words' given heads."""
        dependent = _with_one(self.label_dependent(vectors))
        head = _with_one(self.label_head(vectors))
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        left = torch.einsum("bwi,lij->bwlj", dependent, self.label)
        return torch.einsum("bwlj,bwj->bwl", left, chosen)


def _perceptron(width: int, size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, size), nn.LeakyReLU(0.1), nn.Dropout(0.3))


def _with_one(vectors: torch.Tensor) -> torch.Tensor:
    return torch.cat([vectors, vectors.new_ones((*vectors.shape[:-1], 1))], -1)


def encode(tokenizer: Any, texts: Sequence[Paragraph]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, int]:
    """Return pieces, their mask, the word of each piece, and the number of words of the longest paragraph."""
    count = max(len(text.words) for text in texts)
    coded = tokenizer([text.words for text in texts], is_split_into_words=True, padding=True, truncation=True,
                      max_length=512, return_tensors="pt")  # fmt: skip
    words = torch.full(coded["input_ids"].shape, count)
    for row in range(len(texts)):
        for column, word in enumerate(coded.word_ids(row)):
            if word is not None:
                words[row, column] = word
    return coded["input_ids"], coded["attention_mask"], words, count


def _padded(rows: Sequence[Sequence[int] | None], count: int, lengths: Sequence[int]) -> torch.Tensor:
    grid = torch.full((len(rows), count), IGNORED)
    for index, row in enumerate(rows):
        if row is not None:
            grid[index, : lengths[index]] = torch.tensor(row)
    return grid


def same_sentence(texts: Sequence[Paragraph], count: int) -> torch.Tensor:
    """Return which pairs of words (batch, words, words) stand in one sentence."""
    numbers = torch.full((len(texts), count), -1)
    for index, text in enumerate(texts):
        numbers[index, : len(text.words)] = torch.tensor(np.cumsum(text.starts))
    return numbers.unsqueeze(1) == numbers.unsqueeze(2)


def loss(model: Teacher, tokenizer: Any, texts: Sequence[Paragraph], labels: Labels) -> torch.Tensor:
    """Return the sum of the mean losses of tags, sentence starts, entities, arcs and the arcs' labels."""
    pieces, mask, words, count = encode(tokenizer, texts)
    lengths = [len(text.words) for text in texts]
    tag_numbers = {tag: number for number, tag in enumerate(labels.tags)}
    label_numbers = {label: number for number, label in enumerate(labels.labels)}
    entity_numbers = {tag: number for number, tag in enumerate(ENTITY_TAGS)}
    with torch.autocast("cpu", torch.bfloat16):
        out = model(pieces, mask, words, count)
    out = {name: value.float() for name, value in out.items()}
    tags = _padded([text.tags and [tag_numbers[tag] for tag in text.tags] for text in texts], count, lengths)
    starts = _padded([[int(start) for start in text.starts] for text in texts], count, lengths)
    entities = _padded([text.entities and [entity_numbers[e] for e in text.entities] for text in texts], count, lengths)
    heads = _padded([text.heads for text in texts], count, lengths)
    names = _padded([text.labels and [label_numbers[label] for label in text.labels] for text in texts], count, lengths)
    arcs = out["arc"].masked_fill(~same_sentence(texts, count), -1e4)
    total = sum(_loss(out[name], gold) for name, gold in (("tag", tags), ("start", starts), ("entity", entities)))
    return total + _loss(arcs, heads) + _loss(model.label_scores(out["vectors"], heads.clamp(min=0)), names)


def _loss(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    if (gold == IGNORED).all():
        return scores.sum() * 0
    return cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)


def fit(encoder: Path, groups: Sequence[Sequence[Paragraph]], seed: int) -> tuple[Teacher, Any, Labels]:
    """Fine-tune for EPOCHS; `groups` has the paragraphs of each of the epochs that the learning rate is planned for."""
    torch.manual_seed(seed)
    texts = [text for group in groups for text in group]
    labels = Labels(tuple(sorted({tag for text in texts for tag in text.tags or ()})),
                    tuple(sorted({label for text in texts for label in text.labels or ()})))  # fmt: skip
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    model = Teacher(AutoModel.from_pretrained(encoder, dtype=torch.float32), labels)
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    rest = [parameter for name, parameter in model.named_parameters() if not name.startswith("encoder.")]
    body = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "lr": 2e-4}, {"params": rest, "lr": 1e-3}], weight_decay=0.01)
    batches = [list(batch_by_words(group, 700, seed + epoch)) for epoch, group in enumerate(groups)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, learning_rate([len(epoch) for epoch in batches]))
    for epoch, chunk in enumerate(batches[:EPOCHS]):
        model.train()
        total, began = 0.0, time.time()
        for batch in chunk:
            value = loss(model, tokenizer, batch, labels)
            value.backward()
            nn.utils.clip_grad_norm_(body + rest, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += value.item()
        print(f"teacher, epoch {epoch + 1}: loss {total / len(chunk):.3f}, {time.time() - began:.0f} s")
    return model.eval(), tokenizer, labels


def learning_rate(steps: Sequence[int]) -> Callable[[int], float]:
    """Return the factor of each step: up, then slowly down as if for all epochs, to nothing in the last of EPOCHS."""
    total, last, end = sum(steps), sum(steps[: EPOCHS - 1]), sum(steps[:EPOCHS])

    def slow(step: int) -> float:
        return min((step + 1) / (0.08 * total), (total - step) / total * 1.08)

    return lambda step: slow(step) if step < last else slow(last) * max(0, end - step) / (end - last)


def load(encoder: Path, kept: Path) -> tuple[Teacher, Any, Labels]:
    """Return a teacher that was kept."""
    saved = torch.load(kept, weights_only=True)
    labels = Labels(*map(tuple, saved["labels"]))
    model = Teacher(AutoModel.from_pretrained(encoder, dtype=torch.float32), labels)
    model.load_state_dict(saved["state"])
    return model.eval(), AutoTokenizer.from_pretrained(encoder), labels


def batch_by_words(texts: Sequence[Paragraph], size: int, seed: int | None) -> Iterator[list[Paragraph]]:
    """Yield batches of texts of like length, at most `size` words a batch with its padding."""
    chance = random.Random(seed)
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index].words) + chance.random() * 10, index))
    batches: list[list[Paragraph]] = [[]]
    for index in order:
        if batches[-1] and (len(batches[-1]) + 1) * len(texts[index].words) > size:
            batches.append([])
        batches[-1].append(texts[index])
    if seed is not None:
        chance.shuffle(batches)
    yield from batches


@torch.no_grad()
def annotate(model: Teacher, tokenizer: Any, labels: Labels, texts: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the texts with trees and sentence starts: starts that are given stay, others are found."""
    where = {id(text): number for number, text in enumerate(texts)}
    found: list[Paragraph | None] = [None] * len(texts)
    for batch in batch_by_words(texts, 2500, None):
        pieces, mask, words, count = encode(tokenizer, batch)
        with torch.autocast("cpu", torch.bfloat16):
            out = model(pieces, mask, words, count)
        out = {name: value.float() for name, value in out.items()}
        begins = out["start"].argmax(-1).numpy()
        heads = torch.zeros(len(batch), count, dtype=torch.long)
        starts = []
        for row, text in enumerate(batch):
            size = len(text.words)
            start = [given or bool(seen) for given, seen in zip(text.starts, begins[row], strict=False)]
            start[0] = True
            starts.append(start)
            edges = [*[index for index, value in enumerate(start) if value], size]
            scores = out["arc"][row].numpy()
            for first, last in pairwise(edges):
                heads[row, first:last] = torch.tensor(tree(scores[first:last, first:last])) + first
        names = model.label_scores(out["vectors"], heads).argmax(-1).numpy()
        for row, text in enumerate(batch):
            size = len(text.words)
            head = heads[row, :size].tolist()
            names_of = [labels.labels[name] for name in names[row, :size]]
            found[where[id(text)]] = text._replace(
                starts=starts[row],
                heads=head,
                labels=["root" if head[index] == index else _not_root(name) for index, name in enumerate(names_of)],
            )
    return [text for text in found if text is not None]


def _not_root(label: str) -> str:
    return "dep" if label == "root" else label
