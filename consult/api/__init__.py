"""The HTTP door: routes, pages, errors, security headers."""
