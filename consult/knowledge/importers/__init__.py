"""Public and licensed drug data that a site loads: each source checked, counted, and swapped in whole or not at all."""
