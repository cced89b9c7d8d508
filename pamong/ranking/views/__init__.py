"""Pages of ranks: tables of published results, and what is computed about the region's own."""
