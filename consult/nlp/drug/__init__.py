"""Drug names in a line: exact names by n-gram, misspellings, combinations, and what only looks like a drug."""
