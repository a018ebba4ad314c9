"""to come"""

LEDGERS = ()
