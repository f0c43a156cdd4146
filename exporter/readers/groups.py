"""Which groups of openers ask, with a score from 0 to 1 and a reason in words.

A group asks where most of it does: its words ask, it counts itself, or what stands below is
labelled as an answer.  What a form does in the whole document speaks for a group that says little.
"""

from exporter.readers import vocabulary
from exporter.readers.inline import plain
from exporter.readers.outline import Form, Opener
from exporter.readers.roles import Evidence, Key, Roles, settled
from exporter.readers.scan import undecorated
from exporter.readers.vocabulary import Word

_QUESTIONS = vocabulary.speaking(
    r"questions?|interview|quiz|faqs?|q\s*&\s*a|exam|flash ?cards?|fragen|preguntas|perguntas"
    r"|domande|вопрос\w*|собеседовани\w*|面试|問題|质问|質問|题|أسئلة|entretien|entrevista"
)


def asking(roles: Roles) -> dict[int, tuple[float, str]]:
    """Places of the openers whose group asks, with score and reason."""
    found: dict[int, tuple[float, str]] = {}
    speaks = _speaks_of_questions(roles)
    others = sum(
        one.marked or roles.credits[one.at] > 0
        for one in roles.candidates
        if one.form is not Form.TEXT
    )
    for (form, _parent, _item), group in roles.groups.items():
        here, all_of = roles.evidence(group), roles.pooled[form]
        score = _score(form, here, all_of, speaks=speaks)
        if form[0] is Form.TEXT and not here.answered and all_of.marked < others:
            score = 0.0
        decided = settled(form, roles.hints.asks)
        if decided is not None:
            score = 1.0 if decided else 0.0
        if score <= 0:
            continue
        why = _why(form, here)
        for one in group:
            if decided or _belongs(roles, one, here, all_of):
                found[one.at] = (score, why)
    return found


def _speaks_of_questions(roles: Roles) -> bool:
    """Whether the document's title or one of its highest headings speaks of questions."""
    titles = [roles.title.title] if roles.title else []
    titles += [one.title for one in roles.heads[:1]]
    return any(_QUESTIONS.search(title) for title in titles)


def _score(form: Key, here: Evidence, all_of: Evidence, *, speaks: bool) -> float:
    """How surely a group asks, 0 where it does not."""
    kind = form[0]
    if kind is Form.HEADING:
        return _heading_score(here, all_of, speaks=speaks)
    if kind is Form.LABELLED:
        return 0.95 if all_of.answered or all_of.size > 1 else 0.6
    if kind is Form.CALLOUT:
        return 0.9
    if kind is Form.FOLD:
        enough = here.strong * 2 >= here.size or all_of.strong * 2 >= all_of.size
        return 0.9 if enough and here.filled else 0.0
    if kind is Form.COUNTED:
        named = here.named + here.marked + here.answered
        several = all_of.size > 1 or (here.named and (here.answered or here.marked))
        return 0.9 if named * 2 > here.size and several else 0.0
    if kind is Form.TEXT:
        return _text_score(here, all_of)
    if form[1] > 1 and kind is Form.ITEM and here.marked == here.size and not here.filled:
        return 0.5  # follow-ups below an item that asks: ``nesting`` looks at what stands above
    return _line_score(kind, here, all_of)


def _heading_score(here: Evidence, all_of: Evidence, *, speaks: bool) -> float:
    if not here.strong:
        counted = here.counted == here.size and here.size >= 2
        many = all_of.share >= 0.5 and all_of.strong >= 4 and here.filling >= 0.5
        return 0.5 if counted and many and speaks else 0.0
    if not all_of.marked + all_of.named + all_of.answered:
        least, share = (2, 0.6) if speaks else (5, 0.8)
        return 0.4 + here.share / 2 if here.share >= share and here.strong >= least else 0.0
    labelled = all_of.size >= 6 and all_of.answered >= 0.6 * all_of.size
    if labelled and not here.answered and here.marked + here.named < 0.5 * here.size:
        return 0.0
    if here.share >= 0.5 and here.strong >= 2:
        return 0.5 + here.share / 2
    if here.size == here.strong == 1 and here.filled:
        sure = here.marked or here.answered or here.named
        return 0.7 if sure or all_of.strong >= 3 else 0.0
    if all_of.share >= 0.4 and all_of.strong >= 3 and (here.share >= 0.2 or here.answered):
        return 0.4 + all_of.share / 2
    counted = here.counted == here.size and here.size >= 3
    if counted and here.filling >= 0.7 and (speaks or (here.share >= 0.3 and here.marked)):
        return 0.5
    if speaks and here.share >= 0.3 and here.filling >= 0.7 and here.strong >= 2:
        return 0.45
    if here.named and here.answered:
        return 0.6
    return 0.4 if here.marked >= 2 and here.filling >= 0.5 else 0.0


def _text_score(here: Evidence, all_of: Evidence) -> float:
    if here.answered * 2 >= here.size and here.answered:
        return 0.8
    many = all_of.marked >= 3 and all_of.filling >= 0.8
    return 0.5 if many and here.marked == here.size else 0.0


def _line_score(kind: Form, here: Evidence, all_of: Evidence) -> float:
    """Bold lines and items: imperatives alone ("Use a map") make no questions of a list."""
    sure = here.marked + here.named
    answered = here.answered
    if answered * 2 >= here.size and (sure or answered >= 2 or all_of.answered >= 3):
        return 0.9
    share = here.share
    alone = here.size < 3 and not here.filled
    spoken = sure >= 0.25 * here.size or (all_of.marked >= 0.4 * all_of.size and sure)
    least = 0.5 if kind is Form.BOLD or here.filling >= 0.5 else 0.6
    if share >= least and here.strong >= 2 and spoken and not alone:
        return 0.4 + share / 2
    if here.marked and all_of.share >= 0.6 and all_of.marked >= 3:
        return 0.4 + all_of.share / 4
    return 0.0


def _belongs(roles: Roles, one: Opener, here: Evidence, all_of: Evidence) -> bool:
    """Whether one member of a group that asks is a question itself."""
    title = undecorated(plain(one.title)).strip(" .:：!*_`")
    aside = vocabulary.is_word(Word.ASIDE, title) or vocabulary.is_word(Word.CONTENTS, title)
    if one.marked or one.named or (roles.credits[one.at] and not aside):
        return True
    if aside or vocabulary.is_word(Word.ANSWERS, title):
        return False
    if not title:
        return one.label is not None and here.counted * 2 >= here.size
    if one.form is Form.HEADING:
        filled = roles.is_filled(one) or here.filling < 0.5
        counted = one.label is not None and here.counted * 2 >= here.size
        uncounted = one.label is None and here.counted * 2 > here.size
        labelled = all_of.size >= 6 and all_of.answered + all_of.named >= 0.8 * all_of.size
        labelled = labelled or here.answered * 2 > here.size
        if (uncounted or labelled) and not one.asks:
            return False
        return one.asks or (filled and (here.share >= 0.4 or all_of.share >= 0.4 or counted))
    if one.form is Form.FOLD:
        return True
    if one.form is Form.BOLD and not one.asks:
        return bool(one.label) and here.counted * 2 > here.size
    if one.form is Form.ITEM and not one.asks:
        if "http" in title or title.startswith("@"):
            return False
        counted = one.ordered and here.share >= 0.6
        return counted or (here.share >= 0.75 and here.filling < 0.3)
    return one.asks


def _why(form: Key, here: Evidence) -> str:
    kind, rank, _ = form
    names = {
        Form.HEADING: f"headings of level {rank}",
        Form.BOLD: "bold lines",
        Form.ITEM: "list items",
        Form.LABELLED: 'lines "Q:"',
        Form.COUNTED: "counted lines",
        Form.FOLD: "folds",
        Form.CALLOUT: "callouts",
        Form.TEXT: "lines",
    }
    said = f"{here.strong} of {here.size} {names[kind]} ask"
    if here.answered:
        return f"{said}, {here.answered} have a labelled answer or options"
    return f"{said}, {here.filled} have text below" if here.filled else f"{said}, without answers"
