"""The proof: unit, pages, outside, walks, house."""
