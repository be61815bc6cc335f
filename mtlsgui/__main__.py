"""`mtlsgui [FILE…]`: start the window, or open the files named."""

import sys


def main() -> int:
    """Start the application; gives the exit status."""
    from mtlsgui.app import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
