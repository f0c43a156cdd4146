"""Cards in a real browser: what draws them, what is measured on them, and what cards are drawn."""
