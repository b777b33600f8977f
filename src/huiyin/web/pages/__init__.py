"""Pages of the shell: style sheets, language, theme, demo sign-in, components."""
