"""Words: Markdown, plain text, the fixed words beside the author's, a question in one line."""
