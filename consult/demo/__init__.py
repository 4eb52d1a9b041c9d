"""The demo site: fictional people, made through the same doors as real ones."""
