"""The fixed words that cards and sheets add to the author's, by the language of the documents.

English is the default of every field, so a word is added in one line and another language is one
more entry in ``_BY_LANGUAGE``; a language without an entry reads English.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from exporter.model import Tier


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word that is not the author's; plain text, not HTML."""

    short: str = "Short"
    medium: str = "Medium"
    senior: str = "Senior"
    output: str = "Output"
    task: str = "Task"
    short_hint: str = "one breath"
    medium_hint: str = "a minute"
    senior_hint: str = "trade-offs and production"
    output_hint: str = "what does it print?"
    task_hint: str = "build it"
    prints: str = "What does this print?"
    printed: str = "The notes say it prints"
    any_of: str = "Any of these is accepted"
    any_order: str = "The order is not fixed"
    runs_as_stated: str = "Runs as stated on {runtime}"
    really_prints: str = "{runtime} prints:"
    varies_as_stated: str = "Not the same in every run, as stated; seen on {runtime}:"
    varies: str = "Not the same in every run, which is not stated; seen on {runtime}:"
    acceptance: str = "Done when"
    related: str = "Related"
    same: str = "asks the same"
    week: str = "Week"
    beyond: str = "Beyond the plan"
    retired: str = "Retired"
    question_gone: str = "Retired: this question is no longer in the notes."
    answer_gone: str = "Retired: this answer is no longer in the notes."
    by_plan: str = (
        "New cards come in the order of the plan: day by day, short answers first. "
        "Open the deck of the week you are in."
    )
    pace: str = "To keep pace with the plan, learn about {daily} new cards a day: {weeks}."
    pace_of_week: str = "{daily} in week {week}"
    by_section: str = "New cards come section by section, short answers first."
    goal: str = "Goal"
    day: str = "Day"
    any_day: str = "Any day this week"
    study: str = "Study"
    practice: str = "Practice"
    design: str = "Design"
    focus: str = "Focus"
    hands_on: str = "Hands-on"
    advice: str = "Advice"
    mode: str = "Interview"
    question: str = "Question of the day"
    writes: str = "Prints"
    answered_at: str = "Answered at"
    partly: str = "Partly answered by"
    see: str = "see"
    page: str = "page"
    outputs: str = "What it prints"
    unsettled: str = "or, as the order is not fixed"
    reading: str = "Reading"
    checklist: str = "Checklist"
    gap: str = "gap"
    index: str = "Index of keys"
    shortened: str = "Shortened"
    says_more: str = "The card in Anki says more:"
    mock: str = "Mock interview"
    final_mock: str = "Final mock interview"
    minutes: str = "min"
    rapid: str = "Rapid-fire"
    code_reading: str = "What does it print?"
    depth: str = "In depth"
    coding: str = "Coding"
    candidate: str = "Candidate"
    date: str = "Date"
    score: str = "Score"
    scoring: str = "Scoring grid"
    answers: str = "Answers"
    paper: str = "Paper"
    study_pack: str = "Study pack"
    contents: str = "Contents"
    calendar: str = "Calendar"
    overview: str = "Overview"
    terms: str = "Index of terms"
    weeks: str = "weeks"
    days: str = "days"
    questions: str = "questions"
    cards: str = "cards"
    load: str = "New cards a day"
    topics_covered: str = "topics covered"
    weekdays: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months: tuple[str, ...] = (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    )
    flashcards: str = "Flash cards"
    on_cards: str = "{count} more on cards"
    pitfall: str = "pitfall"

    def dated(self, date: datetime.date) -> str:
        """A day of the calendar: "1 Dec"."""
        return f"{date.day} {self.months[date.month - 1]}"

    def tier(self, tier: Tier) -> str:
        """The tier's name."""
        words: dict[Tier, str] = {
            Tier.SHORT: self.short,
            Tier.MEDIUM: self.medium,
            Tier.SENIOR: self.senior,
            Tier.OUTPUT: self.output,
            Tier.TASK: self.task,
        }
        return words[tier]

    def hint(self, tier: Tier) -> str:
        """How far an answer of the tier goes, in a few words."""
        words: dict[Tier, str] = {
            Tier.SHORT: self.short_hint,
            Tier.MEDIUM: self.medium_hint,
            Tier.SENIOR: self.senior_hint,
            Tier.OUTPUT: self.output_hint,
            Tier.TASK: self.task_hint,
        }
        return words[tier]


ENGLISH = Wording()
_BY_LANGUAGE: Mapping[str, Wording] = {"en": ENGLISH}


def of(language: str) -> Wording:
    """The words for a language tag; "en-GB" reads "en", an unknown one English."""
    tag = language.casefold().replace("_", "-")
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], ENGLISH)
