"""How each event changes the state; one module a theme. Assignment only: every decision was made before."""
