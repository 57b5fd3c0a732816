"""How good the recognisers are, against gold kept beside the repository; floors, not targets."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from annotations import entities
from annotations.entities import slovnet_recogniser

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
LABELS = ("PER", "LOC", "ORG")

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason=f"there is no gold at {GOLD}")


@cache
def documents(name: str) -> list[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def folded(name: str) -> str:
    plain = name.casefold().replace("ё", "е")
    return " ".join("".join(letter for letter in plain if letter not in '«»"').split())


@cache
def scores(recogniser_name: str, gold: str) -> dict[str, float]:
    """Exact F1 of each label in per cent, exact hits, names right of those that have one."""
    recogniser = entities.by_name(recogniser_name)
    count: Counter[str] = Counter()
    for document in documents(gold):
        found = {
            (one.start, one.end, one.label): one
            for one in recogniser.suggest(document["text"], None)
        }
        spans = [span for span in document["spans"] if span["label"] in LABELS]
        for span in spans:
            count[f"gold {span['label']}"] += 1
            hit = found.get((span["start"], span["end"], span["label"]))
            if hit is None:
                continue
            count[f"hit {span['label']}"] += 1
            if span.get("names") and hit.value:
                count["named"] += 1
                names = {folded(name) for name in span["names"]}
                count["right"] += folded(str(hit.value["name"])) in names
        count.update(f"found {label}" for _, _, label in found)
    result: dict[str, float] = {
        label: 200 * count[f"hit {label}"] / (count[f"gold {label}"] + count[f"found {label}"])
        for label in LABELS
    }
    result["hits"] = sum(count[f"hit {label}"] for label in LABELS)
    result["names"] = 100 * count["right"] / count["named"]
    return result


FLOORS = [
    ("morphology", "seed", {"hits": 25, "names": 100}),
    ("morphology", "factrueval-dev", {"PER": 93.5, "LOC": 93.5, "ORG": 74, "names": 97}),
    ("slovnet", "seed", {"hits": 25, "names": 100}),
    ("slovnet", "factrueval-dev", {"PER": 95.5, "LOC": 93.5, "ORG": 80, "names": 96.5}),
]


@pytest.mark.parametrize(("recogniser", "gold", "floors"), FLOORS)
def test_a_recogniser_is_not_worse_than_it_was(
    recogniser: str, gold: str, floors: dict[str, float]
) -> None:
    if recogniser == "slovnet" and not slovnet_recogniser.is_available():
        pytest.skip('needs the extra: pip install "zametka[ner]"')
    reached = scores(recogniser, gold)
    assert {key: reached[key] for key, floor in floors.items() if reached[key] < floor} == {}
