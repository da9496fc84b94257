"""Short ways to write annotated numbers of the accounts into sentences."""

from accounts import percent


class Voice:
    """Writes the numbers of one report.

    `gap` is printed between digits and unit, `commas` group the digits even if tables do not,
    `full_width` prints １２．５.
    """

    def __init__(self, accounts, gap="", commas=False, full_width=False):
        self.accounts, self.gap, self.commas, self.full_width = accounts, gap, commas, full_width

    def show(self, amount):
        return f"{amount:,.2f}" if self.commas else self.accounts.show(amount)

    def mark(self, shown, code, concept, item, options=""):
        shown = self.wide(shown)
        gap = "" if code[0] in "sger" else self.gap
        return f"{{{shown}|{code}|{concept}|{item}|{options}}}{gap}"

    def wide(self, text):
        """`text` with full-width digits, if the report prints them."""
        if not self.full_width:
            return text
        return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.," else c for c in text)

    def amount(self, concept, item, amount, options="", shown=None):
        """`3,470,158.34元`"""
        return self.mark(shown or self.show(amount), "a", concept, item, options) + self.accounts.unit

    def rate(self, code, concept, item, part, whole, options="", places=2):
        """`23.47%` of any kind: share, execution rate, growth; a decrease keeps no sign in print."""
        value = percent(part, whole, places)
        return self.mark(f"{abs(value)}", code + ("-" if value < 0 else ""), concept, item, options) + "%"

    def share(self, concept, item, part, whole, options=""):
        return self.rate("s", concept, item, part, whole, options)

    def execution(self, concept, item, done, budget, options=""):
        return self.rate("e", concept, item, done, budget, options)

    def change(self, concept, item, now, before, options=""):
        """`减少7,180.86元`"""
        delta = now - before
        word = "减少" if delta < 0 else "增加"
        shown = self.show(abs(delta))
        return word + self.mark(shown, "c-" if delta < 0 else "c", concept, item, options) + self.accounts.unit

    def growth(self, concept, item, now, before, options=""):
        """`下降5.31%`"""
        word = "下降" if now < before else "增长"
        return word + self.rate("g", concept, item, now - before, before, options)

    def compared(self, concept, item, now, before, options="", comma="，"):
        """`增加…元，增长…%`"""
        return (
            self.change(concept, item, now, before, options) + comma + self.growth(concept, item, now, before, options)
        )
