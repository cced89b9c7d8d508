"""Load, ask, act, answer."""
