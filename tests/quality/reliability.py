"""Whether confidences mean what they say: of the suggestions at .9, nine in ten should be right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.quality.recognition import Judged

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)  # where each begins; the last one holds 1


@dataclass(frozen=True, slots=True)
class Bin:
    """The suggestions of a range of confidence: how many, their mean, the share that is right."""

    low: float
    high: float
    count: int
    mean: float
    right: float


def bins(judged: Sequence[Judged]) -> Iterator[Bin]:
    """The bins that hold suggestions, from the least sure."""
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        held = [each for each in judged if low <= each.confidence < high]
        if held:
            mean = sum(each.confidence for each in held) / len(held)
            right = sum(each.is_right for each in held) / len(held)
            yield Bin(low, min(high, 1.0), len(held), mean, right)


def calibration_error(judged: Sequence[Judged]) -> float:
    """How far the bins are off, weighed by what they hold (expected calibration error, 0 to 1)."""
    return sum(each.count * abs(each.mean - each.right) for each in bins(judged)) / len(judged)
