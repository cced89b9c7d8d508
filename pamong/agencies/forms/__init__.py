"""Is the input well formed? Whether it is allowed is for the policies."""
