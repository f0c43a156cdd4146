"""What the documents in source/ hold, counted by hand, not by the program.

deep-mastery: sets 1 to 7 have ten questions each and a second Q4, all with three tiers (71); sets 8
to 10 have ten puzzles each; sets 11 to 20 have 114 questions with a senior answer only.
senior-guide: 147 keyed questions and eight tasks; an answer about range requests that no question
asks for makes one more. Which answer belongs to which question was read off line by line into
documents/senior-guide-answers.tsv: 135 questions have a direct answer, 81 a concise one that is not
the direct one in the same words.
focus-areas: two questions asked in passing, without answers.
"""

from collections.abc import Mapping

from exporter.model import Tier

BY_HAND: Mapping[str, tuple[int, Mapping[Tier, int]]] = {
    "deep-mastery.md": (
        71 + 30 + 114,
        {Tier.SHORT: 71, Tier.MEDIUM: 71, Tier.SENIOR: 71 + 114, Tier.OUTPUT: 30},
    ),
    "senior-guide.md": (147 + 8 + 1, {Tier.SHORT: 135 + 1, Tier.MEDIUM: 81, Tier.TASK: 8}),
    "focus-areas.md": (2, {}),
}
