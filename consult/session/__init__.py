"""The live consult: the Socket.IO door, one queue a consult, analysis after saving, who may see what."""
