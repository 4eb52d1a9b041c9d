"""Commands: what a member, or the program itself, asks of one consult; one module a theme.

Each class is one command; its wire name is the class name in snake case (`PutNoteLine` -> `put_note_line`).
Limits stand in the types. Who may send which is in `consult.auth.access`.
"""

from consult.domain.commands.follow_up import *
from consult.domain.commands.kind import Command as Command
from consult.domain.commands.notes import *
from consult.domain.commands.people import *
from consult.domain.commands.program import *
from consult.domain.commands.regimen import *
from consult.domain.commands.reopening import *
from consult.domain.commands.safety import *
from consult.domain.commands.script import *
from consult.domain.commands.takeaway import *
from consult.domain.commands.told import *
