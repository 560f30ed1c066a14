"""Equality panels and poverty truth commissions: their pages, proposals and advice come here."""
