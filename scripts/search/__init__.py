"""Search over everything from one box, in any spelling."""
