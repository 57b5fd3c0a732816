"""tantivy with its Russian stemmer, where it is installed: `pip install tantivy`.

zametka does not need it, so it is none of the packages that `make test` installs.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations.model import Document
from annotations.tokens import fold
from benchmarks.search_engine import LIMIT, Answer, Engine, NotHere, Query, amounts, number_of

_HEAP = 256_000_000


class Tantivy(Engine):
    name = "tantivy"
    can_share = True
    cannot = frozenset({"exact"})

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        try:
            self._module: Any = import_module("tantivy")
        except ImportError:
            raise NotHere("tantivy is not installed") from None
        module = self._module
        builder = module.SchemaBuilder()
        builder.add_unsigned_field("number", indexed=True, fast=True)
        builder.add_unsigned_field("money", indexed=True, fast=True)
        builder.add_text_field("text", tokenizer_name="russian")
        self._schema = builder.build()
        self._index = module.Index(self._schema, path=str(folder))
        stemming = module.TextAnalyzerBuilder(module.Tokenizer.simple())
        for each in (module.Filter.lowercase(), module.Filter.stemmer("russian")):
            stemming = stemming.filter(each)
        self._analyzer = stemming.build()
        self._index.register_tokenizer("russian", self._analyzer)
        self._writer: Any = None

    def fill(self, documents: Sequence[Document], processes: int) -> None:
        writer = self._index.writer(_HEAP, processes)
        for document in documents:
            writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _document(self, document: Document) -> Any:
        made = self._module.Document()
        made.add_unsigned("number", number_of(document))
        made.add_text("text", fold(document.article.text))
        for amount in amounts(document):
            made.add_unsigned("money", amount)
        return made

    def add(self, document: Document) -> None:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        self._writer.add_document(self._document(document))
        self._writer.commit()
        self._index.reload()

    def change(self, document: Document) -> None:
        """An article is replaced as a whole."""
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        self._writer.delete_documents_by_term("number", number_of(document))
        self.add(document)

    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        searcher = self._index.searcher()  # of what has been committed by now
        found = searcher.search(self._query(query), limit, count=True)
        addresses = [address for _, address in found.hits]
        numbers = searcher.fast_field_values("number", addresses)
        return Answer(found.count, list(numbers))

    def _query(self, query: Query) -> Any:
        make, words = self._module.Query, [self._stem(word) for word in query.words]
        match query.form:
            case "money":
                kind = self._module.FieldType.Unsigned
                return make.range_query(
                    self._schema, "money", kind, query.amount, None, include_lower=False
                )
            case "prefix":
                begins = f"{re.escape(fold(query.words[0]))}.*"
                return make.regex_query(self._schema, "text", begins)
            case "phrase":
                return make.phrase_query(self._schema, "text", words)
        occur = self._module.Occur
        kinds = [occur.Should if query.form == "or" else occur.Must] * len(words)
        if query.form == "and not":
            kinds[-1] = occur.MustNot
        terms = [make.term_query(self._schema, "text", word) for word in words]
        return make.boolean_query(list(zip(kinds, terms, strict=True)))

    def _stem(self, word: str) -> str:
        (stem,) = self._analyzer.analyze(fold(word))
        return str(stem)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
