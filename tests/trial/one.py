"""Run one scenario in the portal that the environment names, and print its lines as they come."""

import sys
from importlib import import_module

import django


def main(name: str, small: bool) -> int:
    django.setup()
    from tests.trial.__main__ import SCENARIOS

    print(f"\n{name}", flush=True)
    good = True
    for what, measured, ok in import_module(SCENARIOS[name]).run(small):
        print(f"  {what:<70} {measured:<24} {'ok' if ok else 'FAILED'}", flush=True)
        good = good and ok
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--small" in sys.argv))
