"""The rounds of an interview and how its minutes are shared out among them.

A mode is one of those that practice guides describe: rapid-fire questions, a design to discuss, a
program to write, or all three.  Minutes are whole and always add up to what was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How an interview is held."""

    RAPID = "rapid"
    DESIGN = "design"
    CODING = "coding"
    MIXED = "mixed"


class Round(StrEnum):
    """A timed section of an interview, in the order in which it comes."""

    RAPID = "rapid"
    READING = "reading"
    DEPTH = "depth"
    DESIGN = "design"
    CODING = "coding"


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a round: minutes for each thing asked, the fewest minutes that make sense, and its share
    of a mixed interview; ``keep`` orders what goes first when time is short (lowest)."""

    each: int
    least: int
    share: int
    keep: int


PACES = {
    Round.RAPID: Pace(each=2, least=2, share=4, keep=5),
    Round.READING: Pace(each=2, least=2, share=2, keep=1),
    Round.DEPTH: Pace(each=4, least=4, share=3, keep=2),
    Round.DESIGN: Pace(each=15, least=8, share=5, keep=3),
    Round.CODING: Pace(each=20, least=10, share=5, keep=4),
}


def allowed(mode: Mode) -> tuple[Round, ...]:
    """The rounds that a mode may have."""
    rounds = {
        Mode.RAPID: (Round.RAPID, Round.READING),
        Mode.DESIGN: (Round.DESIGN,),
        Mode.CODING: (Round.CODING,),
        Mode.MIXED: tuple(Round),
    }
    return rounds[mode]


def affordable(rounds: Sequence[Round], minutes: int) -> tuple[Round, ...]:
    """The rounds that ``minutes`` hold; at least one."""
    kept = list(rounds)
    while len(kept) > 1 and sum(PACES[one].least for one in kept) > minutes:
        kept.remove(min(kept, key=lambda one: PACES[one].keep))
    return tuple(kept)


def shared(rounds: Sequence[Round], minutes: int) -> dict[Round, int]:
    """Whole minutes for each round, by share, none under its least where ``minutes`` allow it; they
    add up to ``minutes``."""
    least = {one: PACES[one].least if len(rounds) > 1 else 0 for one in rounds}
    spare = minutes - sum(least.values())
    whole = sum(PACES[one].share for one in rounds)
    wanted = {one: max(0.0, minutes * PACES[one].share / whole - least[one]) for one in rounds}
    scale = spare / (sum(wanted.values()) or 1)
    exact = {one: wanted[one] * scale for one in rounds}
    given = {one: least[one] + int(exact[one]) for one in rounds}
    rest = minutes - sum(given.values())
    by_rest = sorted(rounds, key=lambda one: int(exact[one]) - exact[one])
    for n in range(rest):
        given[by_rest[n % len(by_rest)]] += 1
    return given


def count(round_: Round, minutes: int) -> int:
    """How much is asked in ``minutes``; at least one."""
    return max(1, minutes // PACES[round_].each)
