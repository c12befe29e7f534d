"""The checks of one table, between tables and across tables as SQL, for tables that do not fit into memory."""
