"""The tables about the recognisers: what they find of each corpus, and what confidences mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.entities import NAMES, by_name
from annotations.entities.slovnet_recogniser import is_available
from annotations.figures import FigureRecogniser
from tests.quality.gold import ENTITIES, OWN, corpus
from tests.quality.recognition import Measured, Scores, measure
from tests.quality.reliability import bins, calibration_error

FIGURES = ("MONEY", "PERCENT", "NUMBER", "ORDINAL", "QUANTITY", "DATE", "TIME", "DURATION", "AGE")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "gold"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of gold and the labels that it marks."""

    path: Path
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.stem


OURS = (
    Corpus(OWN / "amounts.txt", FIGURES),
    Corpus(OWN / "calendar.txt", FIGURES),
    Corpus(OWN / "prose.txt", FIGURES),
    Corpus(OWN / "names.txt", ENTITIES),
    Corpus(OWN / "news.txt", ENTITIES),
    Corpus(OWN / "world.txt", ENTITIES),
    Corpus(OWN / "papers.txt", ENTITIES),
)
SHARED_LABELS: Mapping[str, tuple[str, ...]] = {
    "seed": (*ENTITIES, *FIGURES),
    "figures": FIGURES,
    "factrueval-dev": ENTITIES,
}


def shared(folder: Path = SHARED) -> tuple[Corpus, ...]:
    """The corpora beside the repository that are there."""
    found = (Corpus(folder / f"{name}.jsonl", labels) for name, labels in SHARED_LABELS.items())
    return tuple(each for each in found if each.path.is_file())


def recognisers() -> tuple[str, ...]:
    """The names of the entity recognisers that can run here."""
    return tuple(name for name in NAMES if name != "slovnet" or is_available())


@cache
def measured(chosen: Corpus, entities: str) -> Measured:
    """What is found of a corpus by the recogniser of figures and an entity recogniser."""
    return measure(corpus(chosen.path), (by_name(entities), FigureRecogniser()), chosen.labels)


def score_rows(corpora: Iterable[Corpus]) -> Iterator[tuple[str, ...]]:
    """Corpus, recogniser, label and its scores; the figures of a corpus in one row."""
    for each in corpora:
        entities = [label for label in each.labels if label in ENTITIES]
        figures = [label for label in each.labels if label in FIGURES]
        for name in recognisers() if entities else ():
            for label in entities:
                yield each.name, name, label, *_cells(measured(each, name).scores[label])
        if figures:
            found = measured(each, "morphology")
            yield each.name, "figures", "all", *_cells(found.of(figures))
            if not entities:
                for label in figures:
                    yield each.name, "figures", label, *_cells(found.scores[label])


SCORES = ("gold", "found", "P", "R", "F1", "values", "name*", "B³")


def _cells(scores: Scores) -> tuple[str, ...]:
    shares = (
        scores.precision, scores.recall, scores.f1, scores.values, scores.names, scores.groups,
    )  # fmt: skip
    return (str(scores.gold), str(scores.found), *map(_percent, shares))


def _percent(share: float) -> str:
    return "–" if share != share else f"{share:.1f}"  # noqa: PLR0124 - nan


def reliability_rows(corpora: Sequence[Corpus]) -> Iterator[tuple[str, ...]]:
    """Recogniser, range of confidence, how many, the mean, the share right; then all together."""
    for name in (*recognisers(), "figures"):
        judged = [
            judged
            for each in corpora
            for judged in measured(each, "morphology" if name == "figures" else name).judged
            if judged.author == f"recogniser:{name}"
        ]
        for each in bins(judged):
            spread = f"{each.low:.2f} to {each.high:.2f}"
            yield name, spread, str(each.count), f"{each.mean:.3f}", f"{each.right:.3f}"
        if judged:
            error = f"{calibration_error(judged):.3f}"
            yield name, "expected calibration error", str(len(judged)), "", error


RELIABILITY = ("confidence", "suggestions", "mean", "right")
