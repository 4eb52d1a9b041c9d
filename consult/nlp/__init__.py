"""A note line in, the medications and effects that it names out; the only importer of rapidfuzz."""
