"""What Anki gets: notes, their types and decks, the package, and its preview."""
