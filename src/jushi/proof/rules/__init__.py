"""The rules in the order in which they run and are listed."""

from dataclasses import replace

from jushi.proof.model import Rule
from jushi.proof.rules.approximations import APPROXIMATIONS
from jushi.proof.rules.arithmetic import ARITHMETIC
from jushi.proof.rules.brackets import BRACKETS
from jushi.proof.rules.connectives import CONNECTIVES
from jushi.proof.rules.consistency import CONSISTENCY
from jushi.proof.rules.dates import DATES
from jushi.proof.rules.facts import FACTS
from jushi.proof.rules.grammar import GRAMMAR
from jushi.proof.rules.groups import GROUPS
from jushi.proof.rules.layout import LAYOUT
from jushi.proof.rules.lists import LISTS
from jushi.proof.rules.masks import MASKS
from jushi.proof.rules.names import NAMES
from jushi.proof.rules.numerals import NUMERALS
from jushi.proof.rules.punctuation import PUNCTUATION
from jushi.proof.rules.rates import RATES
from jushi.proof.rules.ratios import RATIOS
from jushi.proof.rules.residue import RESIDUE
from jushi.proof.rules.scraped import SCRAPED
from jushi.proof.rules.sequences import SEQUENCES
from jushi.proof.rules.slips import SLIPS
from jushi.proof.rules.terms import TERMS
from jushi.proof.rules.units import UNITS
from jushi.proof.rules.wash import WASH
from jushi.proof.rules.words import WORDS


def _raw(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Rules about layout, glyphs and residue see the source as it is."""
    return tuple(replace(rule, raw=True) for rule in rules)


RULES: tuple[Rule, ...] = (
    *PUNCTUATION,
    *_raw(SCRAPED),
    *BRACKETS,
    *NUMERALS,
    *DATES,
    *APPROXIMATIONS,
    *SEQUENCES,
    *LISTS,
    *UNITS,
    *ARITHMETIC,
    *RATES,
    *RATIOS,
    *FACTS,
    *TERMS,
    *CONSISTENCY,
    *NAMES,
    *WORDS,
    *GROUPS,
    *SLIPS,
    *GRAMMAR,
    *CONNECTIVES,
    *WASH,
    *_raw(MASKS),
    *_raw(LAYOUT),
    *_raw(RESIDUE),
)
