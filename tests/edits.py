"""What authors do to their documents between two builds, each as a function on the sketch."""

from collections.abc import Callable
from dataclasses import replace

from tests.sketch import (
    Edit,
    Item,
    Paper,
    Section,
    Sketch,
    changed,
    first_sketch,
    over_items,
    over_papers,
    over_sections,
)

NEW = Item("propolis", "What is propolis good for?", (("short", "Resin that seals every crack."),))
NEW_KEYED = replace(NEW, key="propolis")


def nothing(sketch: Sketch) -> Sketch:
    return sketch


def deleted(*abouts: str) -> Edit:
    return lambda sketch: over_items(sketch, lambda one: None if one.about in abouts else one)


def inserted(item: Item = NEW, path: str = "hive.md", section: int = 0, at: int = 0) -> Edit:
    """A question put into a document's section, so that all below get another number."""

    def edit(sketch: Sketch) -> Sketch:
        paper = next(one for one in sketch.papers if one.path == path)
        items = list(paper.sections[section].items)
        items.insert(at, item)
        sections = list(paper.sections)
        sections[section] = replace(sections[section], items=tuple(items))
        mended = replace(paper, sections=tuple(sections))
        return over_papers(sketch, lambda one: mended if one is paper else one)

    return edit


def renumbered(sketch: Sketch) -> Sketch:
    return over_papers(sketch, lambda one: replace(one, first=one.first + 40))


def reversed_sets(sketch: Sketch) -> Sketch:
    return over_sections(sketch, lambda one: replace(one, items=one.items[::-1]))


def reversed_papers(sketch: Sketch) -> Sketch:
    """Documents change places; without a list in pack.toml that means nothing."""
    return replace(sketch, papers=sketch.papers[::-1])


def moved(about: str, path: str, section: int) -> Edit:
    def edit(sketch: Sketch) -> Sketch:
        item = sketch.item(about)
        return inserted(item, path, section, 1)(deleted(about)(sketch))

    return edit


def renamed(path: str, name: str) -> Edit:
    return lambda sketch: over_papers(
        sketch, lambda one: replace(one, path=name) if one.path == path else one
    )


def retitled(title: str, name: str) -> Edit:
    """A set gets another title."""

    def section(one: Section) -> Section:
        return replace(one, title=name) if one.title == title else one

    return lambda sketch: over_sections(sketch, section)


def section_added(path: str, section: Section) -> Edit:
    """A set above all others, which get another number."""
    return lambda sketch: over_papers(
        sketch,
        lambda one: replace(one, sections=(section, *one.sections)) if one.path == path else one,
    )


def paper_added(path: str, title: str, item: Item) -> Edit:
    added = Paper(path, title, (Section("All of it", (item,)),))
    return lambda sketch: replace(sketch, papers=(added, *sketch.papers))


def retitled_paper(path: str, title: str) -> Edit:
    return lambda sketch: over_papers(
        sketch, lambda one: replace(one, title=title) if one.path == path else one
    )


def swapped(one: str, other: str) -> Edit:
    """Two questions change places."""

    def edit(sketch: Sketch) -> Sketch:
        left, right = sketch.item(one), sketch.item(other)
        places = {one: right, other: left}
        return over_items(sketch, lambda item: places.get(item.about, item))

    return edit


def answered(about: str, tier: str, text: str) -> Edit:
    """An answer gets another text, or a tier is added."""

    def edit(sketch: Sketch) -> Sketch:
        answers = dict(sketch.item(about).answers) | {tier: text}
        return changed(about, answers=tuple(answers.items()))(sketch)

    return edit


def untiered(about: str, tier: str) -> Edit:
    """A tier is taken away."""

    def edit(sketch: Sketch) -> Sketch:
        answers = sketch.item(about).answers
        kept = tuple(pair for pair in answers if pair[0] != tier)
        return changed(about, answers=kept)(sketch)

    return edit


def converted(sketch: Sketch) -> Sketch:
    return over_papers(sketch, lambda one: replace(one, ending="\r\n"))


def chain(*edits: Edit) -> Edit:
    """Several edits between two builds."""

    def edit(sketch: Sketch) -> Sketch:
        for each in edits:
            sketch = each(sketch)
        return sketch

    return edit


def prompt(about: str, text: str) -> Edit:
    return changed(about, prompt=text)


def code(about: str, text: str) -> Edit:
    return changed(about, code=text)


Random = Callable[[Sketch, int], Sketch]
"""An edit at the place that a number gives."""


def _at(sketch: Sketch, number: int) -> Item:
    items = [item for _, _, item in sketch.items()]
    return items[number % len(items)]


def _typo(sketch: Sketch, number: int) -> Sketch:
    item = _at(sketch, number)
    middle = len(item.prompt) // 2
    return prompt(item.about, item.prompt[:middle] + item.prompt[middle - 1 :])(sketch)


def _said_more(sketch: Sketch, number: int) -> Sketch:
    item = _at(sketch, number)
    tier, text = item.answers[0]
    if tier == "output":
        return code(item.about, f"{item.code}\nprint()")(sketch)
    return answered(item.about, tier, f"{text} In year {number} as well.")(sketch)


def _tier_added(sketch: Sketch, number: int) -> Sketch:
    item = _at(sketch, number)
    if item.key or item.code:
        return sketch
    return answered(item.about, "senior", f"In depth it is a matter of {number} years.")(sketch)


def _deleted(sketch: Sketch, number: int) -> Sketch:
    return deleted(_at(sketch, number).about)(sketch)


def _brought_back(sketch: Sketch, number: int) -> Sketch:
    """A question of the first edition comes back as it was then."""
    known = set(sketch.abouts)
    gone = [
        (paper.path, paper.sections.index(section), item)
        for paper, section, item in first_sketch().items()
        if item.about not in known
    ]
    if not gone:
        return sketch
    path, section, item = gone[number % len(gone)]
    return inserted(item, path, section)(sketch)


def _moved(sketch: Sketch, number: int) -> Sketch:
    item = _at(sketch, number)
    return sketch if item.key else moved(item.about, "honey.md", number % 2)(sketch)


def _swapped(sketch: Sketch, number: int) -> Sketch:
    one, other = _at(sketch, number), _at(sketch, number + 1)
    return sketch if one.key or other.key else swapped(one.about, other.about)(sketch)


def _retitled(sketch: Sketch, number: int) -> Sketch:
    return retitled("Trouble", f"Trouble in {number} forms")(sketch)


RANDOM: tuple[Random, ...] = (
    _typo,
    _said_more,
    _tier_added,
    _deleted,
    _brought_back,
    _moved,
    _swapped,
    _retitled,
    lambda sketch, _: reversed_sets(sketch),
    lambda sketch, _: renumbered(sketch),
    lambda sketch, _: converted(sketch),
)
