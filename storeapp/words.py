"""Words: one catalogue for the window, the receipts, the PDFs and the cloud's pages.

English sentences are the ids, so English needs no catalogue. A value goes in by name after the lookup,
`_("Change {amount}").format(amount=...)`, because an f-string is glued together before it can be looked up.
"""

import gettext
from dataclasses import dataclass

from storeapp import resources

LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; passed in, and bound to `_ = words.t` where they are used."""

    language: str
    catalogue: gettext.NullTranslations

    def t(self, msgid: str) -> str:
        """The sentence in this language."""
        # an empty id would answer the catalogue's header
        return self.catalogue.gettext(msgid) if msgid else ""

    def n(self, singular: str, plural: str, count: int) -> str:
        """The form that fits `count`; the number itself is filled in by the caller."""
        return self.catalogue.ngettext(singular, plural, count)

    def p(self, context: str, msgid: str) -> str:
        """A word with two meanings, told apart: `p("cash", "Change")` and `p("button", "Change")`."""
        return self.catalogue.pgettext(context, msgid)


def words(language: str) -> Words:
    """The words of one of LANGUAGES. A missing catalogue is an error, never silent English."""
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}, only in {', '.join(LANGUAGES)}")
    if language == "en":
        return Words(language, gettext.NullTranslations())
    return Words(language, gettext.translation("storeapp", resources.path("locale"), [language]))


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogue where no language is at hand; it is looked up later."""
    return msgid
