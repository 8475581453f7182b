"""The dossier of a portfolio: figures, tables, a sample drawn by a seed, a part for each drawn."""
