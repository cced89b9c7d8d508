"""Composite indices of any kind: a hierarchy of indicators, from raw columns to scores, ranks and how sure they are.

``spec`` says what an index is, ``spec_input`` and ``table`` read it and its data, ``columns`` brings indicators onto one
scale, ``scores`` walks the hierarchy, ``ranks`` ranks many draws at once, ``simulation`` draws weights and choices.
Contract of the command and every definition: docs/reference/composite.md.
"""
