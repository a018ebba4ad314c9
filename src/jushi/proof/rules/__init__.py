"""The rules in the order in which they run and are listed."""

from jushi.proof.model import Rule
from jushi.proof.rules.approximations import APPROXIMATIONS
from jushi.proof.rules.arithmetic import ARITHMETIC
from jushi.proof.rules.brackets import BRACKETS
from jushi.proof.rules.consistency import CONSISTENCY
from jushi.proof.rules.facts import FACTS
from jushi.proof.rules.layout import LAYOUT
from jushi.proof.rules.lists import LISTS
from jushi.proof.rules.masks import MASKS
from jushi.proof.rules.numerals import NUMERALS
from jushi.proof.rules.punctuation import PUNCTUATION
from jushi.proof.rules.sequences import SEQUENCES
from jushi.proof.rules.wash import WASH
from jushi.proof.rules.words import WORDS

RULES: tuple[Rule, ...] = (
    *PUNCTUATION,
    *BRACKETS,
    *NUMERALS,
    *APPROXIMATIONS,
    *SEQUENCES,
    *LISTS,
    *ARITHMETIC,
    *FACTS,
    *CONSISTENCY,
    *WORDS,
    *WASH,
    *MASKS,
    *LAYOUT,
)
