"""The neural recogniser: slovnet's model over navec's embeddings, run line by line.

Its packages belong to the extra `ner`.  natasha brings the model files and is never imported.
"""

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotations.entities.finish import Finding, findings, suggestions
from annotations.entities.morphology import by_morphology
from annotations.entities.reading import Mention, Reading, in_order
from annotations.entities.slovnet_model import Tagger
from annotations.errors import RecogniserUnavailable
from annotations.model import Span, Suggestion
from annotations.phrase import Phrase
from annotations.tokens import lines, sentences_of_line

_PACKAGES = ("numpy", "slovnet", "navec", "natasha")
_MODEL = Path("data/model/slovnet_ner_news_v1.tar")
_EMBEDDINGS = Path("data/emb/navec_news_v1_1B_250K_300d_100q.tar")
_CONFIDENCE = {"PER": 0.9, "LOC": 0.9, "ORG": 0.8}
_SECOND_OPINION = 0.8  # from this confidence on, morphology may add what the model missed
_LONG = 2000  # characters that the model reads at once; its memory grows with the longest

_loading = threading.Lock()


def is_available() -> bool:
    """Whether packages and model files are there; nothing heavy is imported."""
    return not _missing()


def _missing() -> Phrase | None:
    """What is not there, in words; None when nothing is missing."""
    packages = [name for name in _PACKAGES if find_spec(name) is None]
    if packages:
        return Phrase("the packages {names} are not installed", names=", ".join(packages))
    files = [str(path) for path in (_file(_MODEL), _file(_EMBEDDINGS)) if not path.is_file()]
    return (
        Phrase("these model files are missing: {files}", files=", ".join(files)) if files else None
    )


def _file(path: Path) -> Path:
    """A file of the installed package natasha."""
    spec = find_spec("natasha")
    places = (spec.submodule_search_locations if spec else None) or [""]
    return Path(places[0]) / path


@lru_cache(maxsize=1)
def _load() -> Tagger:
    missing = _missing()
    if missing:
        raise RecogniserUnavailable(
            Phrase(
                'the recogniser slovnet cannot run: {missing}; pip install "zametka[ner]"',
                missing=missing,
            )
        )
    from navec import Navec
    from slovnet import NER

    model = NER.load(str(_file(_MODEL)))
    model.navec(Navec.load(str(_file(_EMBEDDINGS))))
    return Tagger(model)


def _tagger() -> Tagger:
    with _loading:
        return _load()


class SlovnetRecogniser:
    """Finds names by slovnet; morphology adds what it is sure of and the model missed.

    The model is loaded at the first text; RecogniserUnavailable says what to install where it
    cannot be.
    """

    @property
    def name(self) -> str:
        return "slovnet"

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:  # noqa: ARG002
        return suggestions(self.findings(text), self.name)

    def findings(self, text: str) -> list[Finding]:
        """The names in a text, with what speaks for each."""
        reading = Reading(text)
        found, seconds = list(_by_model(text)), by_morphology(reading)
        return findings(reading, [*found, *_added(found, seconds)], seconds)


def _by_model(text: str) -> Iterator[Mention]:
    pieces = [piece for piece in _pieces(text) if not text[piece.start : piece.end].isspace()]
    lines = (text[piece.start : piece.end] for piece in pieces)
    for piece, spans in zip(pieces, _tagger().spans(lines), strict=True):
        for span in spans:
            confidence = _CONFIDENCE.get(span.label, 0.5)
            start, end = piece.start + span.start, piece.start + span.end
            yield Mention(start, end, span.label, confidence, span.probability)


def _pieces(text: str) -> Iterator[Span]:
    """The lines of the text; a long line by its sentences, a long sentence by its length."""
    for line in lines(text):
        if line.end - line.start <= _LONG:
            yield line
            continue
        for start in range(line.start, line.end, 50 * _LONG):
            part = Span(start, min(start + 50 * _LONG, line.end))
            for sentence in sentences_of_line(text, part):
                for cut in range(sentence.start, sentence.end, _LONG):
                    yield Span(cut, min(cut + _LONG, sentence.end))


def _added(found: Sequence[Mention], seconds: Sequence[Mention]) -> Iterator[Mention]:
    """Sure finds of morphology where the model found nothing."""
    taken = in_order(found)
    place = 0
    for mention in seconds:
        while place < len(taken) and taken[place].end <= mention.start:
            place += 1
        free = place == len(taken) or not taken[place].overlaps(mention)
        if free and mention.confidence >= _SECOND_OPINION:
            yield mention


def loaded_model() -> Any:
    """The bare slovnet.NER, for whoever measures what is built on it."""
    return _tagger().ner
