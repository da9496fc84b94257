"""Short ways to write annotated numbers of the accounts into sentences."""

from accounts import percent


class Voice:
    """Writes the numbers of one report; `gap` is printed between digits and unit."""

    def __init__(self, accounts, gap=""):
        self.accounts, self.gap = accounts, gap

    def mark(self, shown, code, concept, item, options=""):
        return f"{{{shown}|{code}|{concept}|{item}|{options}}}{self.gap}"

    def amount(self, concept, item, amount, options="", shown=None):
        """`3,470,158.34元`"""
        return self.mark(shown or self.accounts.show(amount), "a", concept, item, options) + self.accounts.unit

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
        shown = self.accounts.show(abs(delta))
        return word + self.mark(shown, "c-" if delta < 0 else "c", concept, item, options) + self.accounts.unit

    def growth(self, concept, item, now, before, options=""):
        """`下降5.31%`"""
        word = "下降" if now < before else "增长"
        return word + self.rate("g", concept, item, now - before, before, options)

    def compared(self, concept, item, now, before, options="", comma="，"):
        """`增加…元，增长…%`"""
        return self.change(concept, item, now, before, options) + comma + self.growth(concept, item, now, before, options)
