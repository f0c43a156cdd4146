"""Whether the content is right: advice for authors, and puzzles that are run for real."""
