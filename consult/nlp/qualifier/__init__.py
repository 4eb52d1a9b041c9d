"""What is said about a mention: denied, past, possible, somebody else, stopped, blamed; each with its cue."""
