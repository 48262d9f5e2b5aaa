"""A simulator over real HTTP, with a population of its own."""
