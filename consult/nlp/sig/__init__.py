"""Directions for use: strength, dose, route, frequency, duration, timing, and error-prone writing."""
