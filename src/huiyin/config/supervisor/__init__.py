"""``huiyin start``: database, web server and worker as children of one foreground process."""
