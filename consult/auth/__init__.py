"""Who may enter and what each role may do: passwords, join links, sessions, throttling, the table of actions."""
