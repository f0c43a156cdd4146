"""What stands beside a stated output."""

import pytest

from exporter.model import Answer, Markdown, Output, Tier
from exporter.model.diagnostics import Location
from exporter.text import explanation

HERE = Location("tides.md", 3, 9)


@pytest.mark.parametrize(
    ("markdown", "told", "shown"),
    [
        ("Ebb first.\n\nOutput: ebb flood", "Ebb first. Output:", "Ebb first. Output:"),
        ("Ebb first. The moon pulls. Output: ebb flood", "Ebb first.", None),
        ("ebb flood", None, ""),
    ],
)
def test_no_word_of_an_answer_is_lost(markdown: str, told: str | None, shown: str | None) -> None:
    """The explanation stands for the answer only where it and the output say every word of it."""
    stated = Output("ebb flood", (), deterministic=True, location=HERE)
    text = None if told is None else Markdown(told)
    answer = Answer(
        Tier.OUTPUT, "Output", Markdown(markdown), HERE, explanation=text, output=stated
    )
    assert explanation.apart(answer) == (markdown if shown is None else shown)


def test_an_answer_without_an_output_is_shown_whole() -> None:
    """There are no parts to choose from."""
    answer = Answer(Tier.SHORT, "short", Markdown("The *moon*."), HERE)
    assert explanation.apart(answer) == "The *moon*."
