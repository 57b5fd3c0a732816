"""Names of persons, places and organisations: recognisers behind one protocol."""

from annotations.entities.morphology import MorphologyRecogniser
from annotations.entities.slovnet_recogniser import SlovnetRecogniser, is_available
from annotations.recognise import Recogniser

__all__ = [
    "NAMES",
    "RECOGNISERS",
    "MorphologyRecogniser",
    "SlovnetRecogniser",
    "by_name",
    "default_recogniser",
]

RECOGNISERS: dict[str, type[MorphologyRecogniser] | type[SlovnetRecogniser]] = {
    "slovnet": SlovnetRecogniser,
    "morphology": MorphologyRecogniser,
}
NAMES = tuple(RECOGNISERS)


def default_recogniser() -> Recogniser:
    """slovnet where the extra `ner` is installed, else morphology."""
    return SlovnetRecogniser() if is_available() else MorphologyRecogniser()


def by_name(name: str) -> Recogniser:
    """The recogniser of this name; raises ValueError where there is none."""
    if name not in RECOGNISERS:
        raise ValueError(f"there is no recogniser {name!r}: choose one of {', '.join(NAMES)}")
    return RECOGNISERS[name]()
