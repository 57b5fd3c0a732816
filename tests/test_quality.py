"""Search finds what it is to find: floors just below what it reaches on sentences of our own."""

from pathlib import Path

import pytest

from tests.quality import surnames
from tests.quality.__main__ import OWN, QUERIES, SEED, main
from tests.quality.conllu import Malformed, sentences_below, sentences_of
from tests.quality.index import OURS, WAYS, Way, index_of
from tests.quality.measures import Quality, Treebank, measure


def quality(way: Way) -> Quality:
    treebank = Treebank(sentences_below(OWN), QUERIES, SEED)
    return measure(treebank, index_of(way, (each.text for each in treebank.sentences)))


def test_our_sentences_are_found_by_lemma_and_by_form() -> None:
    ours = quality(OURS)
    assert ours.recall_by_lemma >= 0.998
    assert ours.recall_by_form >= 0.998
    assert ours.precision_by_lemma >= 0.985
    assert ours.precision_by_form >= 0.98
    assert ours.hits_right >= 0.96


def test_names_and_phrases_are_found_in_other_cases() -> None:
    ours = quality(OURS)
    assert ours.proper_nouns >= 0.99
    assert ours.surnames >= 0.99
    assert ours.phrase_recall >= 0.99
    assert ours.phrase_precision >= 0.99


def test_no_other_way_finds_as_much() -> None:
    ours = quality(OURS)
    for way in WAYS[:-1]:
        assert quality(way).recall_by_lemma < ours.recall_by_lemma


def test_every_case_form_of_a_surname_finds_the_others() -> None:
    found = surnames.recall(OURS)
    assert len(list(surnames.surnames())) > 300
    assert found.by_nominative >= 0.99
    assert found.by_other_forms >= 0.995
    assert found.of_others <= 0.02


CONLLU = """\ufeff# a range, an empty node, a lemma and heads that nobody gave
1-2\tвсё-таки\t_\t_\t_\t_\t_\t_\t_\t_
1\tвсё\tвсе\tADV\t_\t_\t3\tadvmod\t_\t_
2\tтаки\tтаки\tPART\t_\t_\t1\tfixed\t_\t_
2.1\tон\tон\tPRON\t_\t_\t_\t_\t_\t_
3\tпришёл\tприйти\tVERB\t_\tTense=Past|Number=Sing\t0\troot\t_\tSpaceAfter=No
4\t!\t_\tPUNCT\t_\t_\t_\t_\t_\t_
\r
1\tДа\tда\tPART\t_\t_\t_\t_\t_\t_"""


def test_ranges_empty_nodes_and_what_is_not_given_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bank.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    first, second = sentences_below(tmp_path)
    assert (first.text, second.text) == ("всё-таки пришёл!", "Да")
    assert [word.form for word in first.words] == ["всё", "таки", "пришёл", "!"]
    assert [word.lemma for word in first.words] == ["все", "таки", "прийти", ""]
    assert [word.head for word in first.words] == [3, 1, 0, None]
    assert {first.text[word.start : word.end] for word in first.words[:2]} == {"всё-таки"}
    assert first.words[2].feats == {"Tense=Past", "Number=Sing"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1\tда", "bad.conllu:2: 2 columns"),
        ("x\tда" + "\t_" * 8, "bad.conllu:2: 'x' is no number of a word"),
        ("1-\tда" + "\t_" * 8, "bad.conllu:2: '1-' is no number of a word"),
        ("1\tда" + "\t_" * 4 + "\tx" + "\t_" * 3, "bad.conllu:2: 'x' is no number of a head"),
    ],
)
def test_a_malformed_line_is_named(
    line: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text(f"# sentence\n{line}\n", encoding="utf-8")
    with pytest.raises(Malformed, match=r"bad\.conllu:2"):
        list(sentences_of(path))
    with pytest.raises(SystemExit):
        main(["--conllu", str(tmp_path)])
    assert said in capsys.readouterr().err


def test_a_folder_without_sentences_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--conllu", str(tmp_path)])
    assert "no sentences" in capsys.readouterr().err


def test_the_tables_are_markdown_with_a_row_for_each_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--only", "search"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line for line in lines if line.startswith("| ") and "---" not in line]
    assert len(rows) == 2 * (1 + len(WAYS))
    assert rows[len(WAYS)].startswith("| lemma sets (ours) | 1.000 | 1.000 |")
