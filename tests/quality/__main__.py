"""`python -m tests.quality [--conllu PATH] [--queries N] [--seed N]`: how well search finds.

Prints two Markdown tables: what is found of the treebank (without one, of `own.conllu`), where a
sentence is relevant if it has the gold lemma of the query; and of surnames in all cases.
Recall and precision are means of all queries, save the precision of all hits together.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.quality import surnames
from tests.quality.conllu import Malformed, sentences_below
from tests.quality.index import WAYS, index_of
from tests.quality.measures import HEADINGS, Treebank, measure

OWN = Path(__file__).with_name("own.conllu")
QUERIES = 4000
SEED = 20_260_131


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print the tables; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tests.quality", description=__doc__)
    parser.add_argument("--conllu", type=Path, default=OWN, help="a file, or a folder of files")
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many lemmas are asked")
    parser.add_argument("--seed", type=int, default=SEED, help="of all that is random")
    chosen = parser.parse_args(arguments)
    try:
        treebank = Treebank(sentences_below(chosen.conllu), chosen.queries, chosen.seed)
    except (Malformed, OSError) as error:
        parser.error(str(error))
    if not treebank.by_lemma:
        parser.error(
            f"{chosen.conllu} has no sentences; give --conllu a folder with *.conllu files"
        )
    for line in (*_of_treebank(treebank), "", *_of_surnames()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


def _of_treebank(treebank: Treebank) -> Iterator[str]:
    yield f"{len(treebank.sentences)} sentences; asked: {treebank.asked}"
    yield ""
    yield from _beginning(HEADINGS)
    for way in WAYS:
        index = index_of(way, (sentence.text for sentence in treebank.sentences))
        yield _row((way.name, *measure(treebank, index).cells()))


def _of_surnames() -> Iterator[str]:
    yield f"{len(list(surnames.surnames()))} surnames in all cases"
    yield ""
    yield from _beginning(("R by nominative", "R by other forms", "of other surnames"))
    for way in WAYS:
        found = surnames.recall(way)
        shares = (found.by_nominative, found.by_other_forms, found.of_others)
        yield _row((way.name, *(f"{share:.3f}" for share in shares)))


def _beginning(headings: Iterable[str]) -> Iterator[str]:
    cells = ("", *headings)
    yield _row(cells)
    yield _row(["---"] * len(cells))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
