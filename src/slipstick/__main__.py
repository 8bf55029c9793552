"""`python -m slipstick`: the same as the command `slipstick`."""

import sys

from slipstick.cli import main

if __name__ == "__main__":
    sys.exit(main())
