"""A package of any size with this package's schema and nothing of its content: invented rows, and faults on purpose."""
