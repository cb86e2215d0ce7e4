"""Numbers in, numbers out: what counts, series and areas can show, and what they cannot.

Shares are numbers from 0 to 1 here. Counts come as :class:`~rrmodel.model.Counts`, which refuse
what is no share, and goals as exact fractions. Every function names the paper that it follows. A
question that a method cannot answer is answered by :class:`Undefined` with a reason, never by NaN.
"""

from rrmodel.inference._interval import Interval, Undefined

__all__ = [
    "Interval",
    "Undefined",
]
