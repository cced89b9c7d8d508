"""The engine: rules as sealed data, scores as exact arithmetic. Knows no database, no clock and no user."""
