"""What a new site starts with: its pages and their first words. Editors own them from then on."""

from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).with_name("words")
BOARD_SLUG = "programme-board"


@dataclass(frozen=True)
class Planted:
    """An information page to plant; its text is the file of that name in `words/`."""

    slug: str
    title: str
    lead: str

    @property
    def body(self) -> str:
        return (WORDS / f"{self.slug}.html").read_text(encoding="utf-8")


HOME_LEAD = (
    "Tell us about money, homes, health, work or how you are treated. The people who decide will "
    "hear it. Then we tell you what they did, even when the answer is no."
)
THEMES_LEAD = (
    "The plan has eight themes. Each page says what the theme is about, what we heard, what was "
    "promised and what changed."
)
SPACES_INTRO = "Where people meet to work on what was heard."
CHANGES_LEAD = "What people said, what was decided, and why. Also when the answer was no."

INFORMATION = (
    Planted("help", "Help now", "People you can talk to, and what to do in an emergency."),
    Planted(
        "privacy",
        "Privacy in plain words",
        "What we keep, who reads it, and what you can do about it.",
    ),
    Planted(
        "accessibility",
        "Accessibility",
        "How Heard should work for you, what we know is wrong, and who to tell.",
    ),
    Planted(
        "house-rules", "House rules", "What we ask of everyone here, and what you can ask of us."
    ),
    Planted("contact", "Contact us", "How to reach a person."),
    Planted("report", "Report something", "How to tell us that something here should not be here."),
    Planted(
        "about",
        "About Heard",
        "Where people say what life is like, and see what was done about it.",
    ),
)

BOARD = {
    "title": "Making Manchester Fairer Programme Board",
    "slug": BOARD_SLUG,
    "purpose": (
        "Hears what people share, decides what should happen, and says why. It steers the "
        "programme and asks the council, the health service, landlords and others to keep what "
        "they promised."
    ),
    "how_it_works": (
        "<p>The board meets four times a year and has two co-chairs. Between meetings its members "
        "read what comes in, put experiences that make the same point together, and decide: note, "
        "endorse, ask a partner, refer to a panel, or decline. No decision is saved without a "
        "reason.</p>"
        "<p>Members read what a moderator has cleared. They never see who shared it.</p>"
    ),
    "host": "Manchester City Council, Public Health",
}
