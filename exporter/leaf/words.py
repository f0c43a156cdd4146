"""The words of a language that a leaf shortens and marks by; `vocabulary.toml` holds them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """`versus` is a whole prompt that asks for a difference between `all`, which `joined` parts;
    `against` stands between two sides that are named already, `contrast` between what is said of
    them.  `bare` is a whole prompt that asks for no more than what its `rest` is.  `steps` is a
    word for things that follow each other, `pitfall` one that warns."""

    versus: re.Pattern[str] = _NOTHING
    bare: re.Pattern[str] = _NOTHING
    joined: re.Pattern[str] = _NOTHING
    against: re.Pattern[str] = re.compile(r" vs\.? ", re.IGNORECASE)
    contrast: re.Pattern[str] = re.compile("; ")
    steps: re.Pattern[str] = _NOTHING
    pitfall: re.Pattern[str] = _NOTHING


def phrases(language: str) -> Phrases:
    """The phrases for a language tag; "en-GB" reads "en", one without a table has almost none."""
    return _tables().get(language.casefold().replace("_", "-").partition("-")[0], Phrases())


@cache
def _tables() -> Mapping[str, Phrases]:
    text = resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8")
    flags = re.IGNORECASE | re.VERBOSE
    return {
        language: Phrases(**{name: re.compile(words, flags) for name, words in table.items()})
        for language, table in tomllib.loads(text).items()
    }
