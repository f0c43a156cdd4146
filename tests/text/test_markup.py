"""Markdown as HTML and as plain words: goldens and laws."""

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.text import markup
from tests.fixtures import Agrees, Example, examples


@pytest.mark.parametrize("example", examples("markup"))
def test_goldens(example: Example, agrees: Agrees) -> None:
    """Block HTML and plain words are as the goldens show."""
    html = re.sub(r"\n{2,}", "\n", markup.html(example.input).strip())
    agrees(example, f"{html}\n---\n{markup.plain(example.input)}")


def test_inline_has_no_paragraph() -> None:
    """A prompt or title is inline content; block marks in it are text."""
    assert markup.inline_html("Why `a < b`?") == "Why <code>a &lt; b</code>?"
    assert markup.inline_html("# 1. x") == "# 1. x"
    assert markup.inline_html("Which\none?") == "Which<br>\none?"


def test_a_prompt_of_several_blocks_shows_no_marks() -> None:
    """Code and lists of a prompt are rendered, not shown as they are written."""
    assert markup.inline_html("Why?\n\n- `a`\n- b") == (
        "<p>Why?</p>\n<ul>\n<li><code>a</code></li>\n<li>b</li>\n</ul>\n"
    )


def test_highlight_uses_classes_alone() -> None:
    """Code carries pygments' short classes and no style."""
    html = markup.highlight("const a = 1;", "js")
    assert html.startswith('<pre><code class="highlight language-js"><span class="kd">const</span>')
    assert "style" not in html
    assert markup.highlight("a\n  <b>\n", None) == (
        '<pre><code class="highlight">a\n  &lt;b&gt;</code></pre>\n'
    )


@pytest.mark.parametrize("indent", [1, 2, 4])
@pytest.mark.parametrize("depth", [10, 100])
def test_deep_lists_do_not_vanish(depth: int, indent: int) -> None:
    """However deep a list is nested, every item is shown."""
    text = "\n".join(f"{' ' * indent * at}- w{at}" for at in range(depth))
    wanted = [f"w{at}" for at in range(depth)]
    assert re.findall(r"w\d+", markup.plain(text)) == wanted
    assert re.findall(r"w\d+", markup.html(text)) == wanted


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "* - "])
def test_a_hundred_marks_on_one_line_do_not_swallow_it(mark: str) -> None:
    """Nesting on one line is cut as well."""
    assert "word" in markup.html(mark * 100 + "word")
    assert markup.plain(mark * 100 + "word").endswith("word")


WORDS = st.lists(st.from_regex(r"[A-Za-zäöü]{1,9}", fullmatch=True), min_size=1, max_size=12)
TOKENS = """a ``` ~~~ ` ** <script> <!-- --> [x](y) ![ ](javascript:a) | |--| &lt; --- ===
    <img/onerror=a> " שלום • \\""".split()
BLANKS = ["\n", "\n\n", "- ", "1. ", "2. ", "> ", "    ", "\t", "# ", "\x00", "\u200d"]
PIECES = st.sampled_from([*BLANKS, *TOKENS])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_nothing_crashes_and_no_tag_of_the_document_survives(text: str) -> None:
    """Whatever a document says, its HTML is text; sanitizing again changes nothing."""
    html = markup.html(text)
    assert markup.clean(html) == html
    assert not re.search(r"<(?:script|img|iframe|style)\b", html)
    assert not re.search(r"<[^>]*\s(?:on\w+|style)\s*=", html)
    assert isinstance(markup.plain(text), str)
    assert markup.clean(markup.inline_html(text)) == markup.inline_html(text)


@given(WORDS, st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n## ", "\n    "]))
@settings(max_examples=150, deadline=None)
def test_plain_keeps_all_words(words: list[str], between: str) -> None:
    """Plain text has every word in order, whatever block each stands in."""
    assert markup.plain(between.join(words)).split() == words


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6), st.integers(70, 90))
@settings(max_examples=100, deadline=None)
def test_what_an_editor_wrapped_is_one_line(sentences: list[str], width: int) -> None:
    """A paragraph that was filled at a common width has no break in it."""
    text = textwrap.fill(" ".join(sentences), width)
    assert "<br" not in markup.html(text)
