"""The pages of this feature; what it says on others' pages is in ``panels``."""
