"""consult: software beside a clinical pharmacist in a live medication review."""

__version__ = "0.1.0"
