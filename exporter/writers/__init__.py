"""What a build writes: the deck, the sheets on paper, and the model for other programs."""
