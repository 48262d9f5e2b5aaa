"""The colour-blind robot: greyscale only, in every theme; what colour alone tells it never learns."""

from dataclasses import dataclass

from tests.walks.robots.by_touch import ByTouch

THEMES = ("black on white", "white on black", "soft", "")  # at last as the kiosk is


@dataclass
class ColourBlind(ByTouch):
    """Books in another theme each time it sets up."""

    theme: int = 0

    def prepare(self) -> None:
        """Choose the language, then the next theme by its words."""
        super().prepare()
        theme = THEMES[self.theme % len(THEMES)]
        self.theme += 1
        if theme:
            self.choose(f"^{self.words['settings']}$")
            self.choose(self.words[theme])
            self.choose(f"^{self.words['done']}")
