"""The office's own tables: read (``reading``), understood by column (``columns``) and by cell (``cells``), and held
against what is recorded (``plan``). Nothing here writes."""
