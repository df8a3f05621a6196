"""Upper limits for the tests of Statistics: n observed, background b +- sigma (a Gaussian cut off at 0, averaged over).

    python upper_limits.py OUTPUT_DIRECTORY      writes poisson_tails.csv, upper_limits.csv; an hour

Independent of leptoscan: with a known background P(N <= n | m) is summed term by term with 40 digits; with an uncertain one
ln P(N <= n | s + b) and the Gaussian are summed on a fine equidistant grid of b; Feldman and Cousins rank every n one by one.

Needs: mpmath, numpy, scipy.
"""

import sys
from pathlib import Path

import mpmath as mp
import numpy as np
from scipy import optimize, special

mp.mp.dps = 40

LEVELS = (0.9, 0.95)


def log_cdf(n, mean):
    """ln P(N <= n | mean), as a sum from the nearest end of ratios of neighbouring terms."""
    mean = mp.mpf(mean)
    if mean == 0:
        return mp.mpf(0)
    top = n * mp.log(mean) - mean - mp.loggamma(n + 1)
    term, total, k = mp.mpf(1), mp.mpf(0), n
    if n < mean:
        while k >= 0 and term > total * mp.mpf("1e-30"):
            total += term
            term *= k / mean
            k -= 1
        return top + mp.log(total)
    while True:
        k += 1
        term *= mean / k
        total += term
        if term < total * mp.mpf("1e-30"):
            return mp.log1p(-mp.exp(top) * total)


def log_cdf_array(n, means):
    """The same for many means, in double precision: scipy where it does not underflow, else Legendre's continued fraction."""
    values = special.gammaincc(n + 1.0, means)
    with np.errstate(divide="ignore"):
        logs = np.log(values)
    # Near 1 the complement is exact.
    large = values > 0.5
    logs[large] = np.log1p(-special.gammainc(n + 1.0, means[large]))
    small = values < 1e-200
    if small.any():
        x, a = means[small], n + 1.0
        b = x + 1 - a
        c, d = np.full_like(x, 1e300), 1 / b
        h = d.copy()
        for i in range(1, 200_000):
            an = -i * (i - a)
            b = b + 2
            d = 1 / (an * d + b)
            c = b + an / c
            step = c * d
            h *= step
            if np.abs(step - 1).max() < 1e-15:
                break
        logs[small] = -x + a * np.log(x) - special.gammaln(a) + np.log(h)
    return logs


class Averaged:
    """Sums by Simpson's rule over grids of backgrounds: a fine one where P(N <= n | s + b) falls, coarser ones beside it."""

    def __init__(self, n, b, sigma, points=6001):
        self.n, self.mean, self.sigma, self.points = n, b, sigma, points
        # The observed number pulls the background down by up to sigma^2, from its Gaussian.
        self.ends = max(0.0, b - min(sigma * sigma, b) - 14 * sigma), b + 14 * sigma
        self.log_norm = np.log(sigma * np.sqrt(2 * np.pi)) + special.log_ndtr(b / sigma)

    def grid(self, signal):
        width = 14 * (self.n + 1) ** 0.5
        inner = [min(max(self.n - signal + side * width, self.ends[0]), self.ends[1]) for side in (-1, 1)]
        edges = [self.ends[0], *inner, self.ends[1]]
        b, weight = [], []
        for low, high in zip(edges, edges[1:]):
            if high > low:
                simpson = np.ones(self.points)
                simpson[1:-1:2], simpson[2:-1:2] = 4, 2
                b.append(np.linspace(low, high, self.points))
                weight.append(simpson * (high - low) / (3 * (self.points - 1)))
        b, weight = np.concatenate(b), np.concatenate(weight)
        return b, np.log(weight) - 0.5 * ((b - self.mean) / self.sigma) ** 2 - self.log_norm

    def log_cdf(self, signal):
        b, log_weight = self.grid(signal)
        return special.logsumexp(log_weight + log_cdf_array(self.n, signal + b))


def tail_limit(f, value):
    """The s at which a falling f reaches a value; 0 if it is below there."""
    if f(0) <= value:
        return 0.0
    high = 1.0
    while f(high) > value:
        high *= 2
    return optimize.brentq(lambda s: float(f(s) - value), 0 if high == 1 else high / 2, high, xtol=1e-13, rtol=1e-13)


def refined(f, value, s):
    """A root of the exact f near one of its double-precision copy, by the secant method."""
    if s == 0:
        return 0.0
    value, a, b = mp.mpf(value), mp.mpf(s), mp.mpf(s) * (1 + mp.mpf("1e-6"))
    fa, fb = f(a) - value, f(b) - value
    for _ in range(2):
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = f(b) - value
    return float(b)


def tail_limits(n, b, sigma, level):
    alpha = float(np.log1p(-level))
    if sigma:
        averaged = Averaged(n, b, sigma)
        f = averaged.log_cdf
        return tail_limit(f, alpha), tail_limit(f, alpha + f(0))
    rough = lambda s: log_cdf_array(n, np.array([s + b], dtype=float))[0]
    exact = lambda s: log_cdf(n, mp.mpf(s) + mp.mpf(b))
    alpha = mp.log(1 - mp.mpf(repr(level)))
    values = alpha, alpha + exact(0)
    classical = 0.0 if exact(0) <= alpha else tail_limit(rough, float(values[0]))
    # Where ln P is of the order of -1e7 the copy is too rough for a root.
    cls = tail_limit(rough, float(values[1]))
    return tuple(refined(exact, value, s) for value, s in zip(values, (classical, cls)))


def unified_limit(n, b, level):
    """The largest accepted s for a known background, by ranking every number; then the largest for any larger background."""

    def upper(b):
        def accepted(s):
            mean = s + b
            k = np.arange(max(0, int(mean - 12 * mean**0.5 - 40)), int(mean + 12 * mean**0.5 + 40))
            best = np.maximum(k, b)
            rank = special.xlogy(k, mean / np.where(best > 0, best, 1)) - mean + best
            own_best = max(n, b)
            own = special.xlogy(n, mean / (own_best or 1)) - mean + own_best
            log_p = special.xlogy(k, mean) - mean - special.gammaln(k + 1)
            # Equal ranks but for rounding are ties.
            return np.exp(log_p[rank > own + 1e-12 * max(1, abs(own))]).sum() < level

        s = max(0.0, n - b) + 3.2 * (max(n, b) + 1) ** 0.5 + 3
        # Some accepted ranges are narrow; below the background, where the end jumps, they decide.
        step = 0.02 if n >= b + 2 else 5e-4
        # Bisection to near the end, then a scan from well above it, since accepted signals have gaps.
        low, high = max(0.0, n - b), s
        while high - low > 4:
            middle = (low + high) / 2
            low, high = (middle, high) if accepted(middle) else (low, middle)
        s = high + 6
        while not accepted(s):
            s -= step
        low, high = s, s + step
        for _ in range(45):
            middle = (low + high) / 2
            low, high = (middle, high) if accepted(middle) else (low, middle)
        return low

    largest = upper(b)
    if n >= b + 2:
        return largest
    grid = b + np.arange(1, 61) * 0.05
    ends = [upper(x) for x in grid]
    i = int(np.argmax(ends))
    if ends[i] <= largest:
        return largest
    low, high = grid[i] - 0.05, grid[i]
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if upper(middle) >= ends[i] else (middle, high)
    return max(ends[i], upper(high))


def unified_limit_averaged(n, b, sigma, level):
    """The same for an uncertain background (not made monotonic), with ln R of every number."""
    backgrounds, log_weight = Averaged(n, b, sigma, points=2001).grid(0)
    top = int(max(n, b) + 14 * (sigma + (max(n, b) + 14 * sigma) ** 0.5) + 60)
    k = np.arange(0, top)
    log_factorial = special.gammaln(k + 1)

    def log_pmf(s, k):
        mean = s + backgrounds
        with np.errstate(divide="ignore"):
            logs = np.log(mean)
        logs = np.where(mean > 0, logs, -1e300)
        return special.logsumexp(
            log_weight - mean + np.multiply.outer(k, logs), axis=1) - log_factorial[k]

    def best(k):
        result = optimize.minimize_scalar(
            lambda s: -log_pmf(s, np.array([k]))[0], bounds=(0, max(1.0, 2.0 * k)), method="bounded",
            options={"xatol": 1e-6})
        return -result.fun

    bests = np.array([max(best(int(j)), log_pmf(0, np.array([j]))[0]) for j in k])

    def accepted(s):
        logs = log_pmf(s, k)
        rank = logs - bests
        return np.exp(logs[rank > rank[n] + 1e-9]).sum() < level

    s = max(0.0, n - b) + 4 * (sigma + (max(n, b) + 1) ** 0.5) + 3
    low, high = max(0.0, n - b), s
    while high - low > 6:
        middle = (low + high) / 2
        low, high = (middle, high) if accepted(middle) else (low, middle)
    s = high + 3
    while not accepted(s):
        s -= 0.05
    low, high = s, s + 0.05
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if accepted(middle) else (low, middle)
    return low


def tail_points():
    yield from ((n, b, 0) for n, b in [
        (0, 0), (3, 0), (0, 3), (0, 745), (0, 746), (0, 1e4), (0, 1e7), (10, 1000), (3, 1e5), (100, 80), (99, 1500), (499, 499),
        (500, 500), (501, 400), (700, 2000), (1000, 1000), (10_000, 9000), (10_000, 12_000), (100_000, 100_000), (100_000, 1e7),
        (1_000_000, 1_000_000), (1_000_000, 990_000), (10_000_000, 1e7), (10_000_000, 10_010_000), (10_000_000, 5)])
    for n, b in [(0, 3.0), (0, 1000.0), (1, 0.5), (10, 3.0), (10, 1000.0), (100, 1500.0), (1000, 1000.0), (5000, 5000.0),
                 (10_000, 12_000.0), (200_000, 180_000.0), (1_000_000, 1_000_000.0), (10_000_000, 1e7)]:
        for ratio in (1e-4, 1e-3, 0.01, 0.1, 0.3, 1):
            yield n, b, ratio * b
    yield from [(10, 1000.0, 1.0), (10_000, 10_000.0, 500.0), (4, 0.0, 1.0), (0, 0.0, 2.0)]


UNIFIED = [
    (0, 0), (1, 0), (0, 3), (3, 7.3), (12, 5.5), (50, 40), (1000, 900), (10_000, 9_900), (10_000, 3),
    (100_000, 99_000), (1_000_000, 999_000), (10_000_000, 0), (10_000_000, 9_990_000)]
UNIFIED_AVERAGED = [
    (0, 1.0, 0.5), (4, 1.5, 0.8), (3, 5.0, 2.0), (12, 10.0, 3.0)]


def write_tails(directory):
    with open(Path(directory) / "poisson_tails.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/upper_limits.py\nn,mean,log_probability,log_cumulative\n")
        for n in (0, 1, 2, 15, 16, 100, 499, 500, 10_000, 1_000_000, 10_000_000):
            means = {0.3, 2.0, 1e3, 1e7, 0.5 * n, 0.9 * n, 1.1 * n, 2.0 * n}
            means |= {float(n + pull * (n + 1) ** 0.5) for pull in (-30, -8, -3, -1, -0.01, 0, 0.01, 1, 3, 8, 30)}
            for mean in sorted(m for m in means if m > 0):
                m = mp.mpf(mean)
                log_pmf = n * mp.log(m) - m - mp.loggamma(n + 1)
                table.write(f"{n},{mean!r},{mp.nstr(log_pmf, 17)},{mp.nstr(log_cdf(n, m), 17)}\n")


def write(directory):
    write_tails(directory)
    with open(Path(directory) / "upper_limits.csv", "w") as table:
        table.write("# Made by Tests/ReferenceData/upper_limits.py\nn,b,sigma,level,method,limit\n")
        for n, b, sigma in tail_points():
            for level in LEVELS:
                for method, limit in zip(("classical", "cls"), tail_limits(n, b, sigma, level)):
                    table.write(f"{n},{b!r},{sigma!r},{level},{method},{float(limit)!r}\n")
            table.flush()
        for n, b in UNIFIED:
            for level in LEVELS:
                table.write(f"{n},{float(b)!r},0,{level},feldmanCousins,{float(unified_limit(n, float(b), level))!r}\n")
                table.flush()
        for n, b, sigma in UNIFIED_AVERAGED:
            for level in LEVELS:
                limit = unified_limit_averaged(n, b, sigma, level)
                table.write(f"{n},{b!r},{sigma!r},{level},feldmanCousins,{float(limit)!r}\n")
                table.flush()


if __name__ == "__main__":
    write(sys.argv[1])
