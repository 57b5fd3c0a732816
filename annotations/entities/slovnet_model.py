"""slovnet's network, run over many lines in one pass.

slovnet itself pads the lines of a batch to the longest one.  Here they stand one after another
with a blank between them that is zero in every layer, as what lies outside of a line is, so the
network says the same of each line and computes nothing for padding.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

TOKENS = 4_000  # that the network reads at once; its memory grows with them, some 10 kB each


class Tagged(NamedTuple):
    """A span of a line that the model marks, and how probable the model holds it (0 to 1)."""

    start: int
    end: int
    label: str
    probability: float


class _Item(NamedTuple):
    tokens: Sequence[Any]  # of razdel: start, stop, text
    word_ids: Sequence[int]
    shape_ids: Sequence[int]


class Tagger:
    """A loaded slovnet.NER as a function from lines to spans."""

    def __init__(self, ner: Any) -> None:
        self.ner = ner
        self._ids = lru_cache(maxsize=50_000)(self._ids_of)

    def spans(self, lines: Iterable[str]) -> Iterator[list[Tagged]]:
        """For each line its spans, in text order."""
        for items in _blocks(map(self._item, lines)):
            emissions = self._emissions(items)
            tags = self._tags(emissions)
            for item, scores, chosen in zip(items, emissions, tags, strict=True):
                yield list(self._spans(item, scores, chosen))

    def _item(self, line: str) -> _Item:
        from slovnet.token import tokenize

        tokens = list(tokenize(line))
        ids = [self._ids(token.text) for token in tokens]
        return _Item(tokens, [word for word, _ in ids], [shape for _, shape in ids])

    def _ids_of(self, word: str) -> tuple[int, int]:
        """The numbers that the model has for a word and for its shape."""
        (word_id,), (shape_id,) = self.ner.infer.encoder.item([word])
        return word_id, shape_id

    def _emissions(self, items: Sequence[_Item]) -> list[Any]:
        """For each line an array (tokens × tags) of scores."""
        import numpy as np

        encoder, model = self.ner.infer.encoder, self.ner.infer.model
        ends = np.cumsum([len(item.tokens) + 1 for item in items])
        words = np.full((1, ends[-1]), encoder.words_vocab.pad_id)
        shapes = np.full((1, ends[-1]), encoder.shapes_vocab.pad_id)
        for item, end in zip(items, ends, strict=True):
            words[0, end - 1 - len(item.tokens) : end - 1] = item.word_ids
            shapes[0, end - 1 - len(item.tokens) : end - 1] = item.shape_ids
        blank = words == encoder.words_vocab.pad_id
        embedded = model.emb(words, shapes)
        embedded[blank] = 0
        scores = model.head(model.encoder(embedded, blank))[0]
        return [
            scores[end - 1 - len(item.tokens) : end - 1]
            for item, end in zip(items, ends, strict=True)
        ]

    def _tags(self, emissions: Sequence[Any]) -> list[Any]:
        """The likeliest tags of each line, by the model's conditional random field."""
        import numpy as np

        lengths = np.array([len(scores) for scores in emissions])
        padded = np.zeros((len(emissions), lengths.max(), emissions[0].shape[1]), np.float32)
        for row, scores in zip(padded, emissions, strict=True):
            row[: len(scores)] = scores
        mask = np.arange(lengths.max()) < lengths[:, None]
        found: list[Any] = self.ner.infer.model.head.crf.decode(padded, mask)
        return found

    def _spans(self, item: _Item, scores: Any, tags: Any) -> Iterator[Tagged]:
        vocabulary = self.ner.infer.decoder.tags_vocab
        names = [vocabulary.decode(tag) for tag in tags]
        chances = self._chances(scores, tags)
        first = 0
        while first < len(names):
            last = first
            if names[first].startswith("B-"):
                label = names[first][2:]
                while last + 1 < len(names) and names[last + 1] == f"I-{label}":
                    last += 1
                chance = chances[first : last + 2].min()  # with what follows: does it end here?
                yield Tagged(item.tokens[first].start, item.tokens[last].stop, label, float(chance))
            first = last + 1

    def _chances(self, scores: Any, tags: Any) -> Any:
        """How probable the tag of each token is, given those of its neighbours."""
        import numpy as np

        transitions = self.ner.infer.model.head.crf.transitions.array
        sums = scores.copy()
        sums[1:] += transitions[tags[:-1]]
        sums[:-1] += transitions[:, tags[1:]].T
        powers = np.exp(sums - sums.max(1, keepdims=True))
        return powers[np.arange(len(tags)), tags] / powers.sum(1)


def _blocks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """The lines that have tokens, as many together as the network reads at once."""
    block: list[_Item] = []
    size = 0
    for item in items:
        if block and size + len(item.tokens) > TOKENS:
            yield block
            block, size = [], 0
        block.append(item)
        size += len(item.tokens)
    if block:
        yield block
