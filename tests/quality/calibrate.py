"""`python -m tests.quality.calibrate FILE …`: the weights of `annotations.entities.confidence`.

A logistic regression by Newton's method, a little held back (`RIDGE`), on files of gold, which had
better be new: on texts by which rules were written everything is surer than elsewhere.  Prints
the rows of WEIGHTS.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from annotations.entities import RECOGNISERS
from annotations.entities.confidence import Evidence
from tests.quality.gold import corpus
from tests.quality.tables import recognisers

RIDGE, STEPS = 1.0, 50

Seen = tuple[Evidence, bool]  # what spoke for a suggestion, whether it was right


def seen(recogniser: str, files: Iterable[Path]) -> dict[str, list[Seen]]:
    """By label, what spoke for each suggestion on the texts of these files."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for document in chain.from_iterable(map(corpus, files)):
        right = {(each.start, each.end, each.label) for each in document.spans}
        for found in RECOGNISERS[recogniser]().findings(document.text):
            start, end, label, *_ = found.mention
            seen[label].append((found.evidence, (start, end, label) in right))
    return seen


def weights(cases: Sequence[Seen]) -> Iterator[float]:
    """The weights under which these cases are likeliest."""
    features = np.array([each.features for each, _ in cases], dtype=float)
    right = np.array([is_right for _, is_right in cases], dtype=float)
    found, ridge = np.zeros(features.shape[1]), RIDGE * np.eye(features.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-features @ found))
        gradient = features.T @ (right - chances) - ridge @ found
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features + ridge
        found = found + np.linalg.solve(curvature, gradient)
    return (round(float(each), 2) for each in found)


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]]
    if not files:
        sys.exit("usage: python -m tests.quality.calibrate FILE …  (marked text, or gold in JSONL)")
    for name in recognisers():
        for label, cases in sorted(seen(name, files).items()):
            row = ", ".join(f"{each:.2f}" for each in weights(cases))
            sys.stdout.write(f'    ("{name}", "{label}"): ({row}),\n')


if __name__ == "__main__":
    main()
