"""How sure a suggestion is: the share of suggestions like it that are right.

The weights are those of a logistic regression, by recogniser and label, on texts of our own by
which no rule had been written yet: `python -m tests.quality.calibrate` makes them.  What they come
to is in the tables of `make quality`; texts that the rules know by now are found better than that.
"""

from collections.abc import Mapping
from math import exp, log
from typing import NamedTuple

_LEAST, _MOST = 0.02, 0.99  # nothing is certain


class Evidence(NamedTuple):
    """What speaks for a mention.

    `rule` is the weight of the rule that found it, `chance` what its model makes of it (0 to 1);
    `seconded`: another recogniser has found the same; `alone`: it is one word, and its entity is
    named nowhere else in the article.
    """

    rule: float
    chance: float
    seconded: bool
    alone: bool

    @property
    def features(self) -> tuple[float, ...]:
        """What the weights are for, in their order."""
        return 1.0, _log_odds(self.rule), _log_odds(self.chance), self.seconded, self.alone


Weights = tuple[float, ...]
WEIGHTS: Mapping[tuple[str, str], Weights] = {
    ("slovnet", "LOC"): (-0.81, 0.25, 0.40, 2.17, 0.97),
    ("slovnet", "ORG"): (0.30, 0.10, 0.46, 0.87, 1.45),
    ("slovnet", "PER"): (-1.11, 0.61, 0.65, 1.57, -2.04),
    ("morphology", "LOC"): (0.10, -0.07, 0.46, 0.00, 1.19),
    ("morphology", "ORG"): (0.08, 0.27, 0.36, 0.00, 0.54),
    ("morphology", "PER"): (0.07, 0.41, 0.34, 0.00, -1.87),
}


def confidence(recogniser: str, label: str, evidence: Evidence) -> float:
    """The probability, to two places, that a suggestion of this label is right."""
    weights = WEIGHTS[recogniser, label]
    odds = exp(sum(w * f for w, f in zip(weights, evidence.features, strict=True)))
    return round(min(max(odds / (1 + odds), _LEAST), _MOST), 2)


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, _LEAST), _MOST)
    return log(clipped / (1 - clipped))
