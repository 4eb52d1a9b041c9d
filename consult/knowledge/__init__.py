"""Read-only tables in memory: drug names, classes, properties, rules; every row has its source."""
