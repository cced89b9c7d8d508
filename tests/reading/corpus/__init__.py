"""Documents made by code, right ones and each way of being wrong, with what a reader ought to see in them.

Two halves of wordings: ``seen`` is what the reader's rules were written and mended against, ``held`` was never looked at while
doing so. A table over both is honest only because they are told apart.
"""
