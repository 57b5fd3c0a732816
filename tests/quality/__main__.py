"""`python -m tests.quality [--conllu PATH] [--queries N] [--seed N] [--gold FOLDER] [--only WHAT]`.

Prints Markdown tables: how well search finds what there is in the treebank (without one, in
`own.conllu`), where a sentence is relevant if it has the gold lemma of the query, and surnames in
all cases; how right the recognisers are on our own texts and on the gold in a folder, if there is
one; and what their confidences mean.  Recall and precision of search are means of all queries,
save the precision of all hits together.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.quality import surnames, tables
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
    parser.add_argument("--gold", type=Path, default=tables.SHARED, help="a folder of *.jsonl")
    parser.add_argument("--only", choices=("search", "recognisers"))
    chosen = parser.parse_args(arguments)
    try:
        treebank = Treebank(sentences_below(chosen.conllu), chosen.queries, chosen.seed)
    except (Malformed, OSError) as error:
        parser.error(str(error))
    if not treebank.by_lemma:
        parser.error(
            f"{chosen.conllu} has no sentences; give --conllu a folder with *.conllu files"
        )
    found: list[Iterator[str]] = []
    if chosen.only != "recognisers":
        found += _of_treebank(treebank), _of_surnames()
    if chosen.only != "search":
        found += _of_gold((*tables.OURS, *tables.shared(chosen.gold)))
    for line in chain.from_iterable((*table, "") for table in found):
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


def _of_gold(corpora: Sequence[tables.Corpus]) -> Iterator[Iterator[str]]:
    """One table of what is found, one of what the confidences mean."""
    yield _table(("corpus", "by", "label", *tables.SCORES), tables.score_rows(corpora))
    yield _table(("by", *tables.RELIABILITY), tables.reliability_rows(corpora))


def _table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield _row(headings)
    yield _row(["---"] * len(headings))
    yield from map(_row, rows)


def _beginning(headings: Iterable[str]) -> Iterator[str]:
    yield from _table(("", *headings), ())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
