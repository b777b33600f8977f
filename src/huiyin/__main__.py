"""``python -m huiyin`` is the command line ``huiyin``."""

from huiyin.config.cli import main

if __name__ == "__main__":
    main()
