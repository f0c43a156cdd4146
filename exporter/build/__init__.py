"""One build, from the request to the published files, and the commands that need a read pack."""
