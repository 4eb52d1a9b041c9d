"""Symptoms and side effects: phrases by stem, body-part pairs, wordings with numbers."""
