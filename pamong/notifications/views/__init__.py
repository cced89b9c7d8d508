"""The pages of the outbox and of inviting."""
