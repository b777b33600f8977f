"""The shell of the site: navigation, look, sign-in, Today."""
