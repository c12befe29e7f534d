"""A release: the package in every form in which it is handed out, and the check of one."""
