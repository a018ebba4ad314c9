"""to come"""


def load(world):
    """Nothing yet."""
