"""The build for packages that do not fit into memory: Parquet in partitions, and SQLite of all or of a part."""
