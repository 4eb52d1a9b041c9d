"""The words of the trade: frozen values and pure functions, no I/O, no clock, no libraries."""
