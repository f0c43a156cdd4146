"""Packs made by hand, for tests of what stands behind the readers: two weeks of Python, and a nasty
one. Every question has its id, key and place, as if it had come through all stages."""

from collections.abc import Iterable
from dataclasses import replace

from exporter.model import (
    Accounting,
    Answer,
    Day,
    DayKind,
    Document,
    Exercise,
    ExerciseKind,
    Key,
    Kind,
    Markdown,
    Output,
    Pack,
    Placement,
    Plan,
    PlanQuestion,
    Question,
    QuestionId,
    Reading,
    ReadingKind,
    Related,
    StudyWeek,
    Tier,
    Topic,
    Week,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Location

NOTES = "python-notes.md"
PLAN = "fortnight.txt"
LIST = "checklist.md"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def key(number: int) -> Key:
    """The key of the question with this number, all different up to 5000 or so."""
    return Key(f"{_LETTERS[number // 24 % 24]}{_LETTERS[number % 24]}X{2 + number % 7}")


def id_(number: int) -> QuestionId:
    return QuestionId(f"id-{number:04}")


def at(line: int, path: str = NOTES) -> Location:
    return Location(path, line, line + 3)


def answer(tier: Tier, text: str, number: int = 1, output: Output | None = None) -> Answer:
    explanation = Markdown(text) if output else None
    where = at(number * 10 + 2)
    return Answer(tier, tier.value, Markdown(text), where, explanation=explanation, output=output)


def placement(week: Week, day: int | None) -> Placement:
    return Placement(week, day, "match", 0.8, "made by hand")


def question(
    number: int,
    prompt: str | None,
    *answers: Answer,
    week: Week = 1,
    day: int | None = 1,
    kind: Kind = Kind.QUESTION,
    code: str | None = None,
    title: str | None = None,
    section: tuple[str, ...] = ("Values and names",),
    related: Iterable[Related] = (),
) -> Question:
    """A question in its place, numbered as its author numbers it."""
    return Question(
        kind=kind,
        label=f"Q{number}",
        title=title,
        prompt=Markdown(prompt) if prompt is not None else None,
        code=code,
        language="python" if code else None,
        location=at(number * 10),
        section=section,
        answers=answers,
        id=id_(number),
        key=key(number),
        placement=placement(week, day),
        related=tuple(related),
    )


def day(number: int, title: str, kind: DayKind = DayKind.STUDY, **lines: tuple[str, ...]) -> Day:
    """A day of the plan; `questions` are (prompt, numbers of the questions that answer it)."""

    def texts(name: str) -> tuple[Markdown, ...]:
        return tuple(Markdown(line) for line in lines.get(name, ()))

    return Day(
        number=number,
        title=title,
        kind=kind,
        final=False,
        study=texts("study"),
        practice=texts("practice"),
        design=texts("design"),
        focus=texts("focus"),
        questions=(),
        location=at(number, PLAN),
    )


def asked(prompt: str, *answered_by: int) -> PlanQuestion:
    found = tuple(id_(number) for number in answered_by)
    sure = "sure" if found else "none"
    return PlanQuestion(Markdown(prompt), at(3, PLAN), found, sure)  # type: ignore[arg-type] # two of the three words


def pack(
    questions: Iterable[Question],
    plan: Plan | None,
    *,
    topics: tuple[Topic, ...] = (),
    readings: tuple[Reading, ...] = (),
    exercises: tuple[Exercise, ...] = (),
) -> Pack:
    """A pack of one document and, with a plan, of the plan's."""
    document = Document(NOTES, "Python notes", "tiered", Accounting(NOTES, 1, 0, 1, 0, 0, 0))
    return Pack((document,), tuple(questions), topics, readings, exercises, plan)


def small() -> tuple[Pack, PackConfig]:
    """Two weeks of Python: every kind of question, a recap, a story, a checklist."""
    config = PackConfig(title="Python in a fortnight", slug="python", author="A. Author")
    topics, readings, exercises = _extras()
    return pack(
        _questions(), _plan(), topics=topics, readings=readings, exercises=exercises
    ), config


def _plan() -> Plan:
    names = replace(
        day(1, "Names & objects", study=("binding, identity, mutability.",)),
        questions=(asked("“What does `is` compare?”", 2),),
    )
    calls = replace(
        day(2, "Calls", practice=("Write a decorator that counts calls.",)),
        questions=(asked("How are arguments passed?", 4, 1), asked("What is a partial?")),
    )
    recap = day(3, "Mock interview + recap", DayKind.RECAP, focus=("names, calls.",))
    iteration = day(4, "Iteration", design=("A lazy log reader.", "Design twice."))
    review = day(5, "Read your notes", DayKind.REVIEW)
    final = replace(day(6, "Last recap", DayKind.RECAP), final=True)
    first = StudyWeek(
        1, "Values", Markdown("know what a name is."), (names, calls, recap), at(1, PLAN)
    )
    second = StudyWeek(2, "Loops", None, (iteration, review, final), at(20, PLAN))
    return Plan("A fortnight", (first, second))


def _questions() -> tuple[Question, ...]:
    short, medium, senior = Tier.SHORT, Tier.MEDIUM, Tier.SENIOR
    twin = Related(id_(1), key(1), "same", leads=True)
    see = (
        Related(id_(2), key(2), "see-also", leads=False),
        Related(id_(6), key(6), "see-also", leads=False),
    )
    return (
        question(
            1,
            "What is a name in Python?",
            answer(short, "A label bound to an object.", 1),
            answer(
                medium, "Assignment binds a name in a namespace to an object; it never copies.", 1
            ),
            answer(senior, "Scopes are resolved at compile time: LEGB.", 1),
            related=see,
        ),
        question(2, "What does `is` compare?", answer(short, "Identity, never value.", 2)),
        question(
            3,
            "When do names leak memory?",
            answer(
                senior,
                "The main ways:\n\n1. Closures over frames:\n\n* generators\n* tracebacks\n\n"
                "2. Caches without bound\n\nMeasure with `tracemalloc` → fix.",
                3,
            ),
        ),
        question(
            4,
            "How are arguments passed in I/O code?",
            answer(medium, "By sharing.\nThe callee binds its own names.", 4),
            day=2,
        ),
        question(5, "Explain a name.", day=2, related=(twin,)),
        question(6, "What does an iterator promise?", week=2, day=4),
        question(
            7,
            None,
            answer(
                Tier.OUTPUT,
                "Both names share one list.",
                7,
                Output("[1, 2] [1, 2]", ("[1, 2] [1, 2]",), True, at(73)),
            ),
            kind=Kind.OUTPUT,
            code="a = [1]\nb = a\nb.append(2)\nprint(a, b)",
        ),
        question(
            8,
            None,
            answer(
                Tier.OUTPUT, "Sets have no order.", 8, Output("a b", ("a b", "b a"), False, at(83))
            ),
            kind=Kind.OUTPUT,
            code='for letter in {"a", "b"}:\n    print(letter, end=" ")',
            week=2,
            day=4,
        ),
        question(
            9,
            "**Goal**: count the calls of a function.\n\n**Example**: `@counted`",
            answer(Tier.TASK, "* keeps the signature\n* is safe with threads", 9),
            kind=Kind.TASK,
            title="A counting decorator",
            day=2,
        ),
        question(
            10,
            "How do you lead a team?",
            answer(medium, "By listening.", 10),
            week="beyond",
            day=None,
            section=("Leadership", "Teams"),
        ),
        question(
            11,
            "What is a generator?",
            answer(short, "A function that yields.", 11),
            week=2,
            day=None,
        ),
    )


def _extras() -> tuple[tuple[Topic, ...], tuple[Reading, ...], tuple[Exercise, ...]]:
    story = Markdown("Imagine a library.\n\n# Shelves\n\nEach shelf holds **one** object.")
    topics = (
        Topic(1, "A. Language", "Names and scopes", at(3, LIST), (id_(1),)),
        Topic(2, "A. Language", "Iterators", at(4, LIST)),
    )
    readings = (
        Reading(ReadingKind.STORY, "The library of labels", story, at(200), ("Values",), 1),
        Reading(ReadingKind.ADVICE, None, Markdown("Say it aloud."), at(220), ()),
    )
    exercises = (
        Exercise(ExerciseKind.HANDS_ON, Markdown("Trace a closure with `dis`."), at(230), (), 1, 1),
        Exercise(
            ExerciseKind.DESIGN, Markdown("Design a registry."), at(240), ("Design",), "beyond"
        ),
    )
    return topics, readings, exercises


UNPRINTABLE = frozenset({"漢字"})
"""Words of the nasty pack that the sheets' fonts can't draw."""


def nasty() -> tuple[Pack, PackConfig]:
    """What documents do to a page: deep lists, long words, wide tables, other scripts, emoji."""
    short, medium, senior = Tier.SHORT, Tier.MEDIUM, Tier.SENIOR
    deep = "\n".join("  " * level + f"* level{level}" for level in range(9))
    deeper = "\n".join("  " * level + f"* pit{level}" for level in range(90))
    wide = "| " + " | ".join(f"head{n}" for n in range(12)) + " |\n" + "|---" * 12 + "|\n"
    wide += "| " + " | ".join(f"cell{n}" for n in range(12)) + " |"
    tall = "| a | b |\n|---|---|\n" + "\n".join(f"| row{n} | value{n} |" for n in range(150))
    code = "```js\nconst unusuallyLongName = " + " + ".join(f"term{n}" for n in range(30)) + "\n```"
    url = "https://example.org/" + "/".join(f"segment{n}" for n in range(40))
    prose = " ".join(f"word{n}" for n in range(3000))
    listing = "\n".join(f"statement{n}();" for n in range(120))
    questions = (
        question(1, "Deep lists?", answer(short, deep)),
        question(2, "Deeper lists?", answer(short, deeper)),
        question(3, "A wide table?", answer(medium, wide)),
        question(4, "A tall table?", answer(medium, tall)),
        question(5, "Long code?", answer(short, code)),
        question(6, "A long word " + "x" * 300 + "?", answer(short, url)),
        question(7, "Long prose?", answer(senior, prose)),
        question(8, "שלום and Ελλάδα and Россия?", answer(short, "漢字 stays a box, 👍 is named.")),
        question(9, None, kind=Kind.OUTPUT, code=listing),
        question(
            10, "Quotes?", answer(short, "\n".join(">" * n + f" quote{n}" for n in range(1, 8)))
        ),
        question(11, "# A heading?", answer(short, "# One\n\n### Three\n\n- [ ] open\n- [x] shut")),
        question(
            60, "Which of\n\n* alpha1\n* beta2\n\n```js\ncall(beta2)\n```", answer(short, "b")
        ),
        question(12, "Task?", kind=Kind.TASK, title="A task " + "without end " * 30),
        *(question(n, f"Question {n}?", answer(short, f"Answer {n}.")) for n in range(13, 60)),
    )
    return pack(questions, None), PackConfig(title="Nasty", slug="nasty")
