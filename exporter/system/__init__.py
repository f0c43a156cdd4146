"""The machine underneath: files, folders and processes of others, and what has to be installed."""
