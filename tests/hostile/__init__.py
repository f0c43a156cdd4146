"""What strangers may put into a folder does no harm: cases by their kind, each with its laws."""
