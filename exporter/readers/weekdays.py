"""Names of weekdays, as authors of plans write them: English and German, in full or short."""

_ONE = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?|weekend|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonnabend|sonntag|wochenende)\b\.?"
)
NAMED = rf"{_ONE}(?:\s*(?:[/&+–—-]|to|and|bis|und)\s*{_ONE})?"
"""A pattern (ignore case) of one weekday or of two joined ones: ``Mon``, ``Saturday & Sunday``."""

LEADING = rf"{NAMED}\s*[,:.(\[|–—-]*\s*"
"""The same before a day's number: ``Mon: Day 1``, ``Monday (Day 1)``."""
