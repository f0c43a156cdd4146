"""What is printed: sheets, the study pack and flash cards, composed, laid out and bound."""
