"""`python -m pminusy`."""

from pminusy.cli import main

if __name__ == "__main__":
    main()
