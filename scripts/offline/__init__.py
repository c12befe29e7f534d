"""The offline copy: the whole site as files that need no server."""
