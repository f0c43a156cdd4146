"""Problems in the content are values: a code, a place, and a sentence that says what to do.

A diagnostic is passed to a ``Report``; it never interrupts a stage, so one bad line hides nothing
that follows it.  An exception is kept for "cannot continue" (``Stop``), which the command line
turns into one sentence and an exit code.  Every code, with its severity and meaning, stands in
``Code`` and nowhere else: the table in docs/codes.md and ``studypack explain`` are made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Lines ``first`` to ``last`` (1-based, inclusive) of the file ``path`` as it is on disk.

    ``path`` is relative to the pack's folder, with forward slashes.
    """

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.path}:{self.first}"

    def covers(self, other: "Location") -> bool:
        """Whether ``other`` lies inside this location."""
        return self.path == other.path and self.first <= other.first and other.last <= self.last


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops publication, a warning only with --strict."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Rule(NamedTuple):
    """What ``studypack explain`` says about a code."""

    code: str
    severity: Severity
    meaning: str
    example: str
    remedy: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Code(Enum):
    """Every diagnostic: one letter and three digits, its severity, meaning, example and remedy.

    F files · C pack.toml · M mojibake · R readers · I identity · P placement and relations ·
    A Anki · S sheets · V verdicts · L lint, which `check` says.
    """

    # F: files
    UNDECODABLE = Rule(
        "F101",
        _E,
        "A file is neither UTF-8 nor UTF-16 with a byte order mark.",
        "notes.md:12: byte 0x92 at offset 640 is not UTF-8",
        "Save the file as UTF-8 in your editor, or convert it with iconv.",
    )
    MISSING_DOCUMENT = Rule(
        "F102",
        _E,
        "A document is not there or can't be read: a folder, a pipe, a device, or far too big.",
        'path = "deep-mastery.md", but the folder has no such file',
        "Correct the path or put a file there; take the [[documents]] table out if it is gone.",
    )
    UNLISTED_DOCUMENT = Rule(
        "F103",
        _W,
        "A text file (or a folder named like one) lies beside pack.toml and is not read.",
        "old-notes.md is not in [[documents]] and is not read",
        "List it in pack.toml, or move it out of the folder.",
    )
    EMPTY_DOCUMENT = Rule(
        "F104",
        _W,
        "A document holds nothing to read.",
        "notes.md holds nothing to read: write into it, or take it away",
        "Write into it, or take the file away.",
    )
    NO_DOCUMENTS = Rule(
        "F105",
        _E,
        "The pack has no document to read.",
        "the folder holds a pack.toml and no .md, .txt or .csv file",
        "Put documents beside pack.toml.",
    )
    OUTSIDE_DOCUMENT = Rule(
        "F106",
        _E,
        "A document lies outside the folder of pack.toml, or is a link that leads there.",
        'path = "../notes.md" leads out of the folder',
        "Copy the document beside pack.toml; a pack is one folder.",
    )
    FOREIGN_FILE = Rule(
        "F111",
        _I,
        "A file of another format lies beside the documents, and is not read.",
        "notes.docx can't be read: make a document of it",
        "Convert it with the command that the message names, or leave it.",
    )
    NO_QUESTIONS = Rule(
        "F112",
        _W,
        "Nothing in the pack is a question, a topic or a plan: nothing can be learned from it.",
        "nothing in notes.md is read as a question",
        "`studypack explain FILE` says how a document was read and how to settle what asks.",
    )
    MISSING_IMAGE = Rule(
        "F107",
        _W,
        "A document shows an image that is not there.",
        "![phases](img/phases.png), but there is no img/phases.png beside the document",
        "Put the file there or correct its path; until then its description is shown.",
    )
    UNUSABLE_IMAGE = Rule(
        "F108",
        _W,
        "An image can't travel with the deck: broken, too big, SVG, of the web, out of the folder.",
        "![phases](https://example.org/phases.svg)",
        "Save it beside the document as PNG, JPEG, GIF or WebP of at most 5 MB and 50 megapixels.",
    )
    STRANGE_NAME = Rule(
        "F109",
        _E,
        "A document's name is not UTF-8 or holds control characters.",
        r"a\xff.md is not read for its name",
        "Rename the file with plain letters.",
    )
    FOREIGN_JOURNAL = Rule(
        "F120",
        _E,
        "A pack brings a publication journal; anybody can write one, so it is not followed.",
        ".studypack-journal.json names files to be exchanged and deleted, perhaps not of this pack",
        "Look at what it names, then delete it; a journal of ours lies in your own state folder.",
    )
    # M: mojibake
    REPAIRED = Rule(
        "M101",
        _I,
        "A document's text was damaged by a wrong encoding and has been repaired for the build.",
        "560 lines repaired (UTF-8 that was read as Windows-1252)",
        "Nothing has to be done; `studypack repair --write FILE` repairs the file itself.",
    )
    ORNAMENT_DROPPED = Rule(
        "M102",
        _I,
        "An emoji lost a byte, several emoji fit what is left, and it was taken out.",
        "one of 🔍 🔐 🔝 stood here and can't be told apart; taken out",
        "Write the emoji again where it matters; otherwise nothing has to be done.",
    )
    STILL_DAMAGED = Rule(
        "M103",
        _W,
        "Characters are damaged beyond what their remaining bytes can tell.",
        '"Ã" is left of Á, Í, Ï, Ð or Ý; kept as it is',
        "Type the character again in the document.",
    )
    MOJIBAKE_MENTIONED = Rule(
        "M104",
        _I,
        "Something that looks like damage stands in code only, and was kept as a mention.",
        "`Ã©` looks damaged, but nothing outside code is",
        "If it is damage, correct it in the document.",
    )
    # C: pack.toml
    INVALID_TOML = Rule(
        "C101",
        _E,
        "pack.toml can't be read or is not valid TOML.",
        "pack.toml:4: expected '=' after a key",
        "Correct the line; every key is optional, an empty file is valid.",
    )
    UNKNOWN_KEY = Rule(
        "C102",
        _E,
        "pack.toml has a key that studypack does not know.",
        'pack.toml:3: unknown key "titel"; did you mean "title"?',
        "Correct the key or take it out; docs/pack-toml.md lists them all.",
    )
    WRONG_VALUE = Rule(
        "C103",
        _E,
        "A value in pack.toml has the wrong type or is not one of the choices.",
        'pack.toml:7: paper is "a5"; it must be "a4" or "letter"',
        "Give the key a value of the kind named in the message.",
    )
    UNRESOLVED_NAME = Rule(
        "C104",
        _E,
        "A question named in pack.toml fits no question, or two.",
        'pins: "deep-mastery.md#Q4" fits two questions: KXM7 and QRT5',
        "Name it by its key (see `studypack show WORDS`).",
    )
    # I: identity
    INVALID_LEDGER = Rule(
        "I101",
        _E,
        "ledger.jsonl or a line of it can't be read, so nobody knows which note is which.",
        "ledger.jsonl:12: a conflict mark",
        "Settle the merge, or restore the file from version control; don't delete it.",
    )
    DUPLICATE_ID = Rule(
        "I102",
        _E,
        "Two questions carry the same {#id}.",
        "notes.md:40: {#loop} already names the question at notes.md:12",
        "Give one of them another id.",
    )
    NEAR_TIE = Rule(
        "I201",
        _W,
        "An edited question is as much like one old question as like another; it is not guessed.",
        'notes.md:40: "What is a thread?" may be KXM7 "What are threads?" or QRT5 "Why threads?"',
        "Edit in smaller steps with a build between them, or give questions an {#id} beforehand.",
    )
    INVALID_VERDICTS = Rule(
        "I301",
        _E,
        "verdicts.jsonl or a line of it can't be read: nobody knows what a puzzle really printed.",
        "verdicts.jsonl:12: a conflict mark",
        "Delete the lines that the message names; `studypack verify` writes them anew.",
    )
    # V: verdicts
    WRONG_OUTPUT = Rule(
        "V102",
        _W,
        "A puzzle prints something else than its author says.",
        'notes.md:43: KXM7: Node 20 prints "A B", not "B A"',
        "Correct the stated output or the code; until then cards and sheets show both outputs.",
    )
    UNSTEADY_OUTPUT = Rule(
        "V103",
        _W,
        "A puzzle printed several outputs, and its author states one.",
        'notes.md:43: KXM7: Node 20 prints now "A B" or "B A"',
        "Say in the explanation that the order is not guaranteed, or list the alternatives.",
    )
    # R: readers
    UNREAD = Rule(
        "R201",
        _W,
        "Lines that no reader understands; they are kept as a reading.",
        "notes.md:88: a paragraph between two questions that belongs to neither",
        "Reword the lines, give them a heading, or leave them: they are printed as a reading.",
    )
    EMPTY_TIER = Rule(
        "R211",
        _W,
        "A tier's label with nothing below it.",
        "notes.md:40: Q3: nothing stands under MEDIUM",
        "Write the answer below the label, or take the label out.",
    )
    UNKNOWN_TIER = Rule(
        "R212",
        _W,
        "A heading among a question's tiers that is no tier; its words are kept as a reading.",
        'notes.md:52: Q3: "Pitfalls" is no tier',
        "Call it short, medium or senior, or lower its heading to make it part of the tier above.",
    )
    TIER_TWICE = Rule(
        "R213",
        _I,
        "A question has two answers of one tier; both go on one card, in their order.",
        "notes.md:60: Q4 has two senior answers",
        "Nothing, if both are meant; else join them.",
    )
    NO_TIER = Rule(
        "R214",
        _W,
        "Words under a question without a tier's label; they are taken as its medium answer.",
        "notes.md:70: Q5 has no tier",
        "Put SHORT, MEDIUM or SENIOR above the answer.",
    )
    NO_ANSWER = Rule(
        "R215",
        _W,
        "A question without an answer; no card is made of it.",
        "notes.md:80: Q6 has no answer",
        "Write an answer under a tier's label.",
    )
    NO_PROMPT = Rule(
        "R216",
        _W,
        "A question's heading with a number and nothing that asks.",
        "notes.md:90: Q7 asks nothing",
        "Write the question behind its number.",
    )
    NO_OUTPUT = Rule(
        "R217",
        _W,
        "A puzzle whose author does not say what its code prints.",
        "notes.md:100: Q8 says nowhere what its code prints",
        "Add the printed text under a heading or line Output.",
    )
    STRAY_TIER = Rule(
        "R218",
        _W,
        "A tier's heading where no question stands above it.",
        "notes.md:9: SENIOR answers no question",
        "Put a question's heading above it.",
    )
    NUMBER_TWICE = Rule(
        "R219",
        _I,
        "Two questions have the same number; both are kept.",
        "notes.md:420: Q4 stands at line 400 too",
        "Nothing; renumber one if you refer to questions by number.",
    )
    OPEN_FENCE = Rule(
        "R202",
        _W,
        "A fence of code that is never closed; where its code ends had to be guessed.",
        "notes.md:7: the fence opened here is never closed",
        "Close it with a line of as many back-ticks as it was opened with.",
    )
    LONG_ROW = Rule(
        "R285",
        _W,
        "A row of a table has more cells than its head; the last cell holds what is too many.",
        "notes.md:12: the row has 4 cells, the table's head 3",
        "Write a bar that is text as \\| or in back-ticks, or give the head as many cells.",
    )
    NOISE_LEFT_OUT = Rule(
        "R284",
        _I,
        "Lines for a web page or a note program: contents, badges, properties; left out.",
        "README.md:3: left out, no matter to learn: a list of contents (lines 3-9)",
        "Nothing; they stand in no answer.",
    )
    MERGE_MARKS = Rule(
        "R203",
        _W,
        "Marks of a merge that git could not finish stand in a document.",
        "notes.md:12: marks of an unfinished merge",
        "Decide which of both versions holds, and take the marks out.",
    )
    ASKS_UNREAD = Rule(
        "R204",
        _W,
        "A document asks, and nothing of it is read as a question.",
        "notes.md:3: 14 lines ask and none is read as a question",
        'Say what asks with asks = ["heading 3"] under its [[documents]] table.',
    )
    SAME_DOCUMENTS = Rule(
        "F110",
        _W,
        "Two documents hold the same questions: one may be a copy that a sync tool left.",
        "notes (conflicted copy).md: 12 of 12 questions stand in notes.md too",
        "Delete one of them, or leave one out with [[documents]].",
    )
    DAY_TWICE = Rule(
        "R251",
        _W,
        "Two days of a plan have the same number.",
        "plan.txt:40: day 5 stands twice",
        "Renumber one of them; until then questions are placed on the first.",
    )
    DAY_MISSING = Rule(
        "R252",
        _W,
        "A number is left out between two days of a plan.",
        "plan.txt:33: day 6 is missing before day 7",
        "Add the day or renumber those that follow.",
    )
    DAY_RANGE = Rule(
        "R253",
        _I,
        "One entry of a plan stands for several days; it is kept as the first of them.",
        "plan.txt:12: days 3 to 4 are one entry",
        "Nothing to do; write a line for each day to plan them apart.",
    )
    DAYS_RESTART = Rule(
        "R254",
        _I,
        "Every week of a plan counts its days from 1; they are counted through.",
        "plan.txt:40: day 1 of week 2 is day 8",
        "Nothing to do; pins and subjects name days by the running number.",
    )
    WEEKS_MADE = Rule(
        "R255",
        _I,
        "Days of a plan stand in no week; seven days make one.",
        "plan.txt:3: days without a week",
        "Add week headings to divide the plan otherwise.",
    )
    WEEK_TWICE = Rule(
        "R256",
        _W,
        "Two weeks of a plan have the same number; they are joined.",
        "plan.txt:40: week 1 begins a second time",
        "Renumber one of them.",
    )
    TOPIC_TWICE = Rule(
        "R261",
        _W,
        "A checklist's number stands twice, or goes back.",
        "topics.md:40: topic 12 follows topic 12",
        "Renumber one of the topics; both are kept.",
    )
    TOPIC_MISSING = Rule(
        "R262",
        _W,
        "A checklist leaves out a number.",
        "topics.md:40: topic 14 follows topic 12",
        "Add the topic or renumber those that follow.",
    )
    ASKED_IN_PASSING = Rule(
        "R271",
        _I,
        "A guide asks a question in passing and gives no answer.",
        'guide.md:73: "How do you design a rate limiter?" has no answer here',
        "Nothing to do; a document of answers may hold one, which is then linked.",
    )
    CHAT_LEFT_OUT = Rule(
        "R281",
        _I,
        "A paragraph addresses the reader as a chat partner and says nothing else: left out.",
        "notes.md:121: left out: offers to go on as in a chat",
        "Nothing to do; reword the paragraph if it belongs to the document.",
    )
    CHAT_DOUBTFUL = Rule(
        "R282",
        _W,
        "A paragraph may be a left-over of a chat; it is kept as a reading, apart from its place.",
        'notes.md:9: may be a left-over: "If you want to go deeper, read chapter 3."',
        "Delete the paragraph, or reword it so that it does not address the reader.",
    )
    COMMENT_LEFT_OUT = Rule(
        "R283",
        _I,
        "An HTML comment is left out.",
        "notes.md:4: a comment of 2 lines is left out",
        "Nothing to do; take the comment marks off if learners should see the text.",
    )
    # P: placement and relations
    SECOND_PLAN = Rule(
        "P301",
        _W,
        "More than one document holds a plan; the first one places the questions.",
        "spring-plan.txt:1: a second plan: questions are placed by that of thirty-day-plan.txt",
        "Keep one plan in the pack; make a second pack of the other.",
    )
    UNGRANTED_PLACE = Rule(
        "P302",
        _W,
        "A pin or an author asks for a week or day that the plan does not have, or asks twice.",
        "pack.toml:30: the plan has no week 2, day 15",
        "Correct the week or day, or take them out: the question is then placed by its words.",
    )
    STRANGE_DAY = Rule(
        "P303",
        _W,
        "A subject in pack.toml names a day that is no study day of the plan.",
        'subject "Streams" names day 33, which is no study day of the plan',
        "Correct the subject's days; leave them out for a subject beyond the plan.",
    )
    IDLE_WISHES = Rule(
        "P306",
        _W,
        "pack.toml speaks of a plan, and no document holds one.",
        "[[pins]] and [[links]] have no effect without a plan",
        "Add the document with the plan to the pack, or take these tables out.",
    )
    STRANGE_LINK = Rule(
        "P304",
        _E,
        "A link in pack.toml names no question of the plan, or one that is linked already.",
        'pack.toml:41: the plan has no question "day 7.1"',
        'Write "day 3.1" for the first question of day 3; link each of them once.',
    )
    UNANSWERED_PLAN_QUESTION = Rule(
        "P305",
        _I,
        "Nothing in the documents answers a question that the plan asks.",
        'plan.txt:52: nothing answers "How do you scale WebSocket connections?"',
        "Write an answer, or name what answers it in a [[links]] table of pack.toml.",
    )
    NO_STEPS = Rule(
        "P307",
        _E,
        "A figure in pack.toml is to show a list that is not there.",
        'pack.toml:50: "guide.md:98" does not hold an ordered list of 3 to 12 items',
        "Name the question, or a line of the reading, that holds the list; list = 2 is its second.",
    )
    # A: Anki
    FIELD_SEPARATOR = Rule(
        "A401",
        _E,
        "A text holds the control character U+001F, which Anki takes for the end of a field.",
        "notes.md:88: the control character U+001F stands in it: delete it",
        "Delete the invisible character; an editor's search for \\x1f finds it.",
    )
    LONE_SURROGATE = Rule(
        "A402",
        _E,
        "A text holds half a character (a lone surrogate), which can't be saved.",
        "notes.md:88: half a character (a lone surrogate) stands in it: type it anew",
        "Type the broken character, often an emoji, anew.",
    )
    EMPTY_NOTE = Rule(
        "A403",
        _E,
        "A note would show no question or no answer.",
        "notes.md:88: KXM7/short would show no answer: write one or take the tier out",
        "Give the question words or code and the tier an answer, or take its heading out.",
    )
    DUPLICATE_NOTE = Rule(
        "A404",
        _E,
        "Two questions would make the same note.",
        "notes.md:88: KXM7/short stands twice: two questions have the id 3f2a",
        "Give one of the questions another {#id}; without one, report this as a mistake.",
    )
    FIELD_COUNT = Rule(
        "A405",
        _E,
        "A note has another number of fields than its note type.",
        "KXM7/short has 15 fields instead of 16",
        "This is a mistake in studypack: report it with the document.",
    )
    WRONG_TAG = Rule(
        "A406",
        _E,
        "A tag is empty or holds white space, which Anki can't keep.",
        'KXM7/short has the tag "week 1": a tag is one word',
        "Write the tag as one word.",
    )
    REPLACING_NAME = Rule(
        "A407",
        _E,
        "The package's name is one that Anki takes for a backup and imports over everything.",
        'Anki takes "collection.apkg" for a whole collection: choose another slug',
        'Choose another slug in pack.toml, neither "collection" nor beginning with "backup-".',
    )
    # L: lint, what makes a card hard to learn
    LONG_SHORT = Rule(
        "L201",
        _W,
        "A short answer is longer than one breath: over 280 characters or three sentences.",
        "a short answer of five sentences",
        "Leave the point and move the rest to the medium answer, which waits behind a fold.",
    )
    LONG_LIST = Rule(
        "L202",
        _W,
        "A short answer enumerates more than six things, which nobody recalls as one.",
        "a short answer that lists nine phases",
        "Ask for them in several questions, or keep the two that matter and move the list deeper.",
    )
    LIST_ALL = Rule(
        "L203",
        _W,
        "A prompt asks to list all of something; such cards are failed again and again.",
        "List all HTTP status codes.",
        "Ask for one of them at a time, or for what tells them apart.",
    )
    NEAR_TWIN = Rule(
        "L204",
        _W,
        "Two prompts of one tier ask nearly the same words for different answers.",
        '"What does a stream do?" and "What do streams do?" have different answers',
        "Say in each prompt what differs; if that is reviewed, name both under [[apart]].",
    )
    ECHO = Rule(
        "L205",
        _W,
        "An answer only repeats the words of its prompt.",
        "What is a read stream? A stream that is read.",
        "Say what the prompt does not: what it does, when it matters, an example.",
    )
    WIDE_CODE = Rule(
        "L206",
        _W,
        "A line of code is wider than a sheet's column (57 signs) and is wrapped.",
        "a line of code has 74 columns",
        "Break the line, or shorten a name.",
    )
    LONG_CODE = Rule(
        "L207",
        _W,
        "Code of more than 20 lines does not fit a phone's screen.",
        "31 lines of code stand on one card",
        "Keep the lines that the question is about, or make two questions of it.",
    )
    ODD_HEADING = Rule(
        "L208",
        _W,
        "A heading inside an answer or a reading looks like a misspelt tier.",
        "### SHROT stands within an answer",
        "Correct its spelling, or write it without the marks of a heading.",
    )
    IDLE_SILENCE = Rule(
        "L209",
        _W,
        "A comment silences a diagnostic that the line below it does not have.",
        "<!-- studypack: off L203 --> above a line that L203 says nothing of",
        "Put it directly above the line that the diagnostic names, or take it away.",
    )
    # S: sheets
    MISSING_GLYPH = Rule(
        "S501",
        _W,
        "The fonts of the sheets lack a character; an empty box is printed in its place.",
        "notes.md:12: the sheet's fonts lack 漢 (U+6F22)",
        "Write it in other words or with another sign; the deck shows it as it is.",
    )
    NAMED_SIGN = Rule(
        "S502",
        _I,
        "An emoji inside a sentence is printed by its name, as paper has no emoji font.",
        "notes.md:12: 👍 is printed as [thumbs up sign]",
        "Nothing needs doing; replace the emoji by a word if the name reads badly.",
    )
    UNSET_FORMULA = Rule(
        "S509",
        _W,
        "Mathematics that can't be set on paper; its source is printed.",
        'notes.md:12: the formula "\\frac{1}{" can\'t be set: its source is printed; correct it',
        "Correct the TeX, or use commands that are common; Anki sets it by MathJax.",
    )
    TOO_DEEP = Rule(
        "S503",
        _W,
        "Lists or quotes are nested deeper than a column can show; printed as they are written.",
        "notes.md:40: nested 31 deep, which no column can show",
        "Nest the lists less deeply.",
    )
    SHEET_WARNING = Rule(
        "S504",
        _W,
        "The page layout complained about a sheet; it is printed, but look at it.",
        "week-2: Ignored `text-wrap: balance` at 12:5, unknown property",
        "Look at the sheet; if you changed templates/sheet, correct what is named there.",
    )
    SHEET_FAILED = Rule(
        "S505",
        _E,
        "A sheet can't be laid out; the deck and the other sheets are still published.",
        "week-2 can't be laid out: maximum recursion depth exceeded",
        "Simplify the question named in the message, or take it out to see if it is the cause. "
        "Where none is named, build again; if it fails again, the week has too much for one sheet.",
    )

    SHORTENED = Rule(
        "S506",
        _I,
        "A leaf has no room for some questions, or a week of the book for whole answers.",
        "week-2 has 6 pages instead of 8: the answers of 21 questions go less far: KXM7, …",
        "Nothing: the cards have them whole, and so has the book. In the book, raise pages.",
    )
    OVER_BUDGET = Rule(
        "S507",
        _W,
        "A week's sheet has more pages than pack.toml allows, though no answer can be shorter.",
        "week-1 has 9 pages with all its answers at their shortest, and pages = 6",
        "Allow more pages, or move questions to another week with [[pins]].",
    )

    OLD_PACK = Rule(
        "S508",
        _I,
        "A build of some weeks leaves the study pack as it was.",
        "senior-nodejs-pack.pdf still holds the sheets of the build before",
        "Build without --week to bind it anew.",
    )

    # R23x, R24x: keyed
    ANSWER_WITHOUT_QUESTION = Rule(
        "R231",
        _I,
        "An answer of a keyed document fits no question with certainty; it is an entry of its own.",
        'guide.md:538: the answer "range requests" fits no question of its section',
        "Word its key as the question's, add the question, or leave it: it gets a card either way.",
    )
    QUESTION_WITHOUT_ANSWER = Rule(
        "R232",
        _W,
        "A question of a keyed document has no answer: it gets no card.",
        'guide.md:37: no answer was found for "tooling"',
        "Add a bullet with the question's key to an answers part, in the section of that name.",
    )
    NO_ANSWERS = Rule(
        "R233",
        _W,
        "A keyed document has questions only.",
        "guide.md:15: none of the 40 questions has an answer",
        'Add a part "Answers" with a bullet for each question, or use the document for its sheets.',
    )
    ANSWER_WITHOUT_KEY = Rule(
        "R235",
        _W,
        "An answer of a keyed document has no key and fits no question; it is kept as a reading.",
        'guide.md:600: the answer "It depends on the load" fits no question of its section',
        "Put the question's key in bold and a colon in front of it.",
    )
    TASK_WITHOUT_ACCEPTANCE = Rule(
        "R234",
        _W,
        "A coding task does not say what is accepted: it gets no card.",
        'guide.md:428: the task "Rate limiter" has a goal and no acceptance criteria',
        "Add a bullet **Acceptance** with a list of what a solution must do.",
    )

    @classmethod
    def named(cls, name: str) -> "Code":
        """The member whose code is ``name``.  ValueError where there is none."""
        for one in cls:
            if one.code == name:
                return one
        raise ValueError(name)

    @property
    def code(self) -> str:
        """One letter and three digits."""
        return self.value.code

    @property
    def severity(self) -> Severity:
        """What ``Rule`` says of it."""
        return self.value.severity


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where (``None``: the pack as a whole), which, and what to do about it.

    ``level`` is the severity that pack.toml gives its code, None for the code's own.
    """

    location: Location | None
    code: Code
    message: str
    level: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters in this pack."""
        return self.level or self.code.severity

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return f"{place}{self.severity}: {self.message} [{self.code.code}]"


Report = Callable[[Diagnostic], None]


class Stop(Exception):
    """Cannot continue: a sentence for the person, and the exit code of the contract."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code
