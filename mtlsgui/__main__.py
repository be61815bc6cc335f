"""`mtlsgui [FILE…]`: start the window, or open the files named."""

import sys


def main() -> int:
    """Start the application; gives the exit status."""
    if getattr(sys, "frozen", False):  # there, the process that reads files is this program again
        from multiprocessing import freeze_support

        freeze_support()
    from mtlsgui.app import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
