"""python3 -m leptoscan FILE.h5 -o FIGURE.png|pdf|svg: what `leptoscan plot` runs."""

import argparse
import sys
import warnings

USAGE, BAD_DATA, CANNOT_CREATE, NOT_AVAILABLE = 64, 65, 73, 74


class Parser(argparse.ArgumentParser):
    """Wrong usage ends with the exit code that leptoscan has for it."""

    def error(self, message):
        self.print_usage(sys.stderr)
        fail(message, USAGE)


def fail(message, code):
    print(f"leptoscan: {message}", file=sys.stderr)
    sys.exit(code)


def note(message, *where):
    """A warning as one of leptoscan's lines."""
    print(f"leptoscan: {message}", file=sys.stderr)


def assignment(text):
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no NAME=VALUE") from None


def arguments():
    parser = Parser(prog="leptoscan plot", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--variable")
    parser.add_argument("--select", type=assignment, action="append", default=[])
    return parser


def main(given=None):
    options = arguments().parse_args(given)
    try:
        import matplotlib  # noqa: F401
        import xarray  # noqa: F401
    except ImportError as error:
        fail(f"{error.name} is missing (plots are made with matplotlib and xarray) install them with pip", NOT_AVAILABLE)
    from . import figure, reader

    try:
        dataset = reader.open(options.file)
        with warnings.catch_warnings():
            warnings.showwarning = note
            drawn = figure.plot(dataset, variable=options.variable, select=dict(options.select))
    except OSError as error:
        fail(f"cannot open {options.file} ({error.strerror or error}) check the path", BAD_DATA)
    except ValueError as error:
        fail(f"{options.file}: {error}", BAD_DATA)
    try:
        figure.save(drawn, options.output)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        advice = "use a name in .png, .pdf or .svg in a folder that exists"
        fail(f"cannot write {options.output} ({reason}) {advice}", CANNOT_CREATE)


if __name__ == "__main__":
    main()
