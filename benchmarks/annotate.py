"""What it costs to annotate, beside bare slovnet on the same texts in the same run, on one core.

`python benchmarks/annotate.py [FILE …] [--runs N]` prints a Markdown table.  The files are JSONL
with `text`; without any, the articles of our own gold are read.  Half of the texts warm the
programs up.  Of the other half each recogniser gets a half that nobody has seen, and then, when
its words have been seen, the same again.
Bare slovnet is `NER(text)` of each text, nothing more.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy: one core for everybody

from annotations.entities import by_name
from annotations.entities.slovnet_recogniser import is_available, loaded_model
from annotations.figures import FigureRecogniser
from benchmarks.machine import describe
from benchmarks.memory import peak

DAY = date(2025, 11, 4)
MEGA = 1_000_000  # characters
SLOWER = 1.3  # what the chain may take, times bare slovnet
FAST = 100_000  # characters a second of the embedded chain
MEMORY = 350  # megabytes for a million characters
ARTICLES = ("news", "world", "papers")
OWN = Path(__file__).parents[1] / "tests" / "quality" / "own"

Annotate = Callable[[str], object]


def chain(name: str) -> Annotate:
    """The figures and the entities of a text by this recogniser."""
    entities, figures = by_name(name), FigureRecogniser()
    return lambda text: (entities.suggest(text, DAY), figures.suggest(text, DAY))


def texts(files: Sequence[Path]) -> list[str]:
    """The texts of the files, else of our own gold; in an order that says nothing."""
    if files:
        lines = (line for file in files for line in file.open(encoding="utf-8"))
        found = [json.loads(line)["text"] for line in lines if line.strip()]
    else:
        from tests.quality.gold import corpus

        found = [each.text for name in ARTICLES for each in corpus(OWN / f"{name}.txt")]
    random.Random(0).shuffle(found)
    return found


def seconds(programs: Sequence[Annotate], unseen: Sequence[str]) -> list[float]:
    """The time of each program for all texts; they take turns with every text."""
    times = [0.0] * len(programs)
    for text in unseen:
        for number, program in enumerate(programs):
            begin = time.perf_counter()
            program(text)
            times[number] += time.perf_counter() - begin
    return times


def memory(name: str, files: Sequence[Path]) -> float:
    """Megabytes at the peak of a new process that annotates a text of a million characters."""
    command = (sys.executable, __file__, "--memory", name, *map(str, files))
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def annotate_a_million(name: str, files: Sequence[Path]) -> None:
    """One article of a million characters: the lines of all texts, over and over."""
    lines = [line for text in texts(files) for line in text.split("\n")]
    chance, written, size = random.Random(0), list[str](), 0
    while size < MEGA:
        written.append(chance.choice(lines))
        size += len(written[-1]) + 1
    chain(name)("\n".join(written))
    sys.stdout.write(f"{peak():.0f}")


def report(files: Sequence[Path], runs: int) -> None:
    """The table of all that can run here."""
    say(describe(Path()))
    say(f"\n| | {' | '.join(HEADINGS)} |\n|{'---|' * (len(HEADINGS) + 1)}")
    shuffled = texts(files)
    warm_up, halves = shuffled[::2], (shuffled[1::4], shuffled[3::4])
    if is_available():
        bare = loaded_model()
        for text in warm_up:
            bare(text)
        row("slovnet", (bare, chain("slovnet")), warm_up, halves[0], runs)
    row("morphology", (chain("morphology"),), warm_up, halves[1], runs)
    for name in ("slovnet", "morphology") if is_available() else ("morphology",):
        used = memory(name, files)
        met = "yes" if used <= MEMORY else "no"
        say(f"| {name}, {MEGA:,} characters | {used:.0f} MB | | | | ≤ {MEMORY} MB | {met} |")


HEADINGS = ("new texts, characters/s", "× bare", "known texts", "× bare", "bar", "met")


def row(
    name: str, programs: Sequence[Annotate], warm_up: Sequence[str], new: Sequence[str], runs: int
) -> None:
    """Print what the last of the programs takes for new texts and for known ones."""
    seconds(programs, warm_up)
    first = seconds(programs, new)
    rounds = [seconds(programs, new) for _ in range(runs)]
    again = [median(times) for times in zip(*rounds, strict=True)]
    size = sum(map(len, new))
    rates = [f"{size / times[-1]:,.0f}" for times in (first, again)]
    ratios = [f"{times[-1] / times[0]:.2f}" if times[1:] else "" for times in (first, again)]
    bar, met = bars(name, again, size)
    say(f"| {name} | {rates[0]} | {ratios[0]} | {rates[1]} | {ratios[1]} | {bar} | {met} |")


def bars(name: str, times: Sequence[float], size: int) -> tuple[str, str]:
    """What is wanted of a program after it has warmed up, and whether it is so."""
    if name == "slovnet":
        return f"≤ {SLOWER} × bare", "yes" if times[-1] <= SLOWER * times[0] else "no"
    return f"≥ {FAST:,}/s", "yes" if times[-1] * FAST <= size else "no"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="*")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--memory", choices=("slovnet", "morphology"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.memory:
        annotate_a_million(chosen.memory, chosen.files)
    else:
        report(chosen.files, chosen.runs)


if __name__ == "__main__":
    main()
