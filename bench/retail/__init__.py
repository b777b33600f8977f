"""Plans weeks of visits for real purchases (UCI Online Retail II) and writes what came of it, in aggregates only."""
