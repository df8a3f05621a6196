"""Makes loop_h_coefficients[] of loop_integral.h: H(u)/u = sum_n u^n/((n+3)(n+4)) on 0 <= u <= 0.5 as a polynomial.

Interpolation at Chebyshev nodes with 60 digits; prints the coefficients rounded to double and the relative error.
"""

from mpmath import cos, lu_solve, matrix, mp, mpf, nstr, nsum, pi

mp.dps = 60
UPPER, TERMS = mpf("0.5"), 19


def exact(u):
    return nsum(lambda n: u**n / ((n + 3) * (n + 4)), [0, 200], method="d")


def polynomial(coefficients, u):
    return sum(mpf(c) * u**n for n, c in enumerate(coefficients))


nodes = [UPPER / 2 * (1 + cos(pi * (2 * k + 1) / (2 * TERMS))) for k in range(TERMS)]
vandermonde = matrix([[u**n for n in range(TERMS)] for u in nodes])
solution = lu_solve(vandermonde, matrix([exact(u) for u in nodes]))
coefficients = [float(c) for c in solution]
print(",\n".join(map(repr, coefficients)))
error = max(abs(polynomial(coefficients, u) / exact(u) - 1) for u in (UPPER * k / 500 for k in range(501)))
print("largest relative error", nstr(error, 2))
