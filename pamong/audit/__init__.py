"""The trail: who did what, when, in a chain that shows tampering."""
