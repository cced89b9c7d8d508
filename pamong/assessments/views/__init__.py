"""The pages of the annual assessment, for those who report; verification has its own."""
