"""The cards that the goldens show: one of every kind, as a good document would make them.

They are made here rather than taken from source/, so that an edit of a document never changes a
picture.
"""

from dataclasses import dataclass, replace

from exporter.model import (
    Key,
    Kind,
    Markdown,
    Output,
    Pack,
    Question,
    QuestionId,
    Related,
    Tier,
    Verdict,
)
from tests.decks import HERE, answer, at, pack, question

LEVELS = Related(
    QuestionId("id-iso7"),
    Key("ISO7"),
    "see-also",
    leads=False,
    title="Which isolation levels are there?",
)
RETRY = Related(
    QuestionId("id-try4"), Key("TRY4"), "see-also", leads=False, title="When is a retry safe?"
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the card by its key and tier, its side, the light, and the device by its name."""

    name: str
    key: str
    tier: Tier
    side: str
    dark: bool = False
    opened: bool = False
    screen: str = "phone"


SHOTS = (
    Shot("short-front", "LOCK", Tier.SHORT, "front"),
    Shot("short-back", "LOCK", Tier.SHORT, "back"),
    Shot("medium-front-night", "LOCK", Tier.MEDIUM, "front", dark=True),
    Shot("medium-back-opened", "LOCK", Tier.MEDIUM, "back", opened=True),
    Shot("long-question", "LONG", Tier.SENIOR, "front"),
    Shot("senior-back-night", "LOCK", Tier.SENIOR, "back", dark=True),
    Shot("output-front", "LOOP", Tier.OUTPUT, "front"),
    Shot("output-back", "LOOP", Tier.OUTPUT, "back"),
    Shot("output-differs-night", "SORT", Tier.OUTPUT, "back", dark=True),
    Shot("task-front-night", "POOL", Tier.TASK, "front", dark=True),
    Shot("task-back", "POOL", Tier.TASK, "back"),
    Shot("medium-tablet", "JOIN", Tier.MEDIUM, "back", screen="tablet"),
)


def _made(name: str, prompt: str | None, *answers: object, **more: object) -> Question:
    return question(name, prompt, *answers, section=("Part 2: Data", "Databases"), **more)  # type: ignore[arg-type]


LOCK = _made(
    "lock",
    "What is optimistic locking?",
    answer(
        Tier.SHORT, "Nobody waits: an **update** only counts if the row's *version* is unchanged."
    ),
    answer(
        Tier.MEDIUM,
        "Every row carries a version. A writer\n\n1. reads the row with its `version`,\n"
        "2. computes,\n3. updates `WHERE version = ?` and raises it by one.\n\n"
        "No row changed → somebody was faster: read again and retry.",
    ),
    answer(
        Tier.SENIOR,
        "It pays where conflicts are **rare**; under contention the retries cost more than a "
        "lock.\n\n- Retries need a limit and jitter\n"
        "- A user who typed for minutes must *merge*, not retry\n\n"
        "```sql\nUPDATE account\n   SET balance = $1, version = version + 1\n"
        " WHERE id = $2 AND version = $3;\n```\n\n"
        "> Measure the rate of conflicts before you choose.",
    ),
    placement=at(3, 16),
    related=(LEVELS, RETRY),
)
LONG = _made(
    "long",
    "A service reads orders from a queue and writes each to two databases, one of them in another "
    "region. It must neither lose an order nor book one twice, and the second database is away for "
    "minutes every week. How would you build it, and what would you tell whoever is on call?",
    answer(Tier.SENIOR, "With an outbox."),
    placement=at(3, 17),
)
LOOP = _made(
    "loop",
    None,
    answer(
        Tier.OUTPUT,
        "first\nlast\nmicro\ntimer",
        explanation=Markdown(
            "1. Plain statements run first: `first`, `last`\n"
            "2. Then the microtasks: `micro`\n3. Then the timers: `timer`"
        ),
        output=Output("first\nlast\nmicro\ntimer", ("first\nlast\nmicro\ntimer",), True, HERE),
    ),
    kind=Kind.OUTPUT,
    code="console.log('first');\n\nsetTimeout(() => console.log('timer'), 0);\n\n"
    "Promise.resolve()\n  .then(() => console.log('micro'));\n\n"
    "console.log('last'); // not the end\n",
    language="js",
    placement=at(1, 1),
    verdict=Verdict("agrees", "Node 22.11.0", ("first\nlast\nmicro\ntimer",)),
)
SORT = _made(
    "sort",
    None,
    answer(
        Tier.OUTPUT,
        "[1, 2, 10]",
        explanation=Markdown("`sort` puts numbers in their order."),
        output=Output("[1, 2, 10]", ("[1, 2, 10]",), True, HERE),
    ),
    kind=Kind.OUTPUT,
    code="console.log([10, 2, 1].sort());",
    language="js",
    placement=at(1, 2),
    verdict=Verdict("differs", "Node 22.11.0", ("[ 1, 10, 2 ]",)),
)
POOL = _made(
    "pool",
    "- **Goal**: run asynchronous tasks, at most `limit` of them at a time\n"
    "- **Example**: `await pool(tasks, 3)`",
    answer(
        Tier.TASK,
        "- Results stand in the order of the tasks\n- A task that fails stops the rest\n"
        "- No task starts before there is room\n  - not even the first ones\n- `limit` is checked",
    ),
    kind=Kind.TASK,
    title="A pool of promises",
    placement=at(1, 2),
)
JOIN = _made(
    "join",
    "Which joins are there, and what does each keep?",
    answer(
        Tier.MEDIUM,
        "| Join | Keeps | Rows without a partner |\n|---|---|---|\n"
        "| `INNER` | matches | dropped |\n| `LEFT` | the left table | `NULL` on the right |\n"
        "| `FULL` | both tables | `NULL` on the other side |\n\n"
        "A condition on the right table belongs into `ON`: in `WHERE` it turns a `LEFT JOIN` into "
        "an inner one.\n\n```sql\nSELECT c.name, o.total\n  FROM customer c\n"
        "  LEFT JOIN orders o ON o.customer = c.id AND o.open;\n```",
    ),
    placement=at(3, 15),
    related=(LEVELS,),
)


def cards() -> Pack:
    """All of them as a pack."""
    made = pack(LOCK, LONG, LOOP, SORT, POOL, JOIN)
    named = tuple(replace(each, title="Backend notes", own_title=None) for each in made.documents)
    return replace(made, documents=named)
