"""The rules in the order in which they run and are listed."""

from jushi.proof.model import Rule
from jushi.proof.rules.approximations import APPROXIMATIONS
from jushi.proof.rules.brackets import BRACKETS
from jushi.proof.rules.masks import MASKS
from jushi.proof.rules.numerals import NUMERALS
from jushi.proof.rules.punctuation import PUNCTUATION
from jushi.proof.rules.wash import WASH
from jushi.proof.rules.words import WORDS

RULES: tuple[Rule, ...] = (*PUNCTUATION, *BRACKETS, *NUMERALS, *APPROXIMATIONS, *MASKS, *WASH, *WORDS)
