"""Which suggestions are sure enough to be looked at."""

from dataclasses import replace

from annotations.model import Document

LEVELS = (0.0, 0.5, 0.7, 0.9)  # of confidence; at the first one everything is shown


def sure_enough(document: Document, least: float) -> Document:
    """The document without the suggestions that are less sure; what people decided stays."""
    kept = tuple(
        each
        for each in document.annotations
        if each.status != "suggested" or each.confidence is None or each.confidence >= least
    )
    return (
        document if len(kept) == len(document.annotations) else replace(document, annotations=kept)
    )
