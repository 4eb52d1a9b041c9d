"""FHIR R4 out and in, and CDS Hooks cards: plain JSON values, made and read without a library."""
