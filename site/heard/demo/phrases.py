"""Sentences for load tests, put together from lists of words. They are nobody's."""

from random import Random

WHO = (
    "I", "My mum", "Our neighbour", "My son", "The family upstairs", "A friend of mine",
    "My daughter", "Our group", "My gran", "The lad next door",
)  # fmt: skip
DID = (
    "waited", "rang", "wrote", "asked", "went back", "filled in the form", "walked there",
    "took a day off", "sat in the queue", "was sent away",
)  # fmt: skip
HOW_OFTEN = (
    "twice", "for three weeks", "every Monday", "all winter", "since June", "eleven times",
    "before work", "with the baby", "in the rain", "with a carrier bag of letters",
)  # fmt: skip
AND_THEN = (
    "and nobody rang back", "and it was closed", "and it helped", "and the line went dead",
    "and they had no record", "and we were told to go online", "and one kind man sorted it",
    "and it cost a day's pay", "and nothing came of it", "and now it works",
)  # fmt: skip
ABOUT = {
    "early-years-children-young-people": ("the nursery", "the family hub", "the school", "a club"),
    "poverty-income-debt": ("the food bank", "the benefits office", "the meter", "council tax"),
    "work-employment": ("the agency", "the Jobcentre", "the warehouse", "a training course"),
    "prevention-ill-health": ("the surgery", "the hospital", "the dentist", "the scan"),
    "homes-housing": ("the boiler", "the damp", "the landlord", "the housing list"),
    "places-transport-climate": ("the last bus", "the kerb", "the park", "the tram"),
    "racism-discrimination": ("the way they spoke to us", "the name on the form", "the complaint"),
    "communities-power": ("the consultation", "the meeting", "the community centre", "the plan"),
}
OTHERWISE = ("the council", "the letter", "the office")


def story(random: Random, theme: str) -> str:
    """Two or three sentences about a theme, by its slug."""
    return " ".join(_sentence(random, theme) for _ in range(random.randint(2, 3)))


def heading(random: Random, theme: str) -> str:
    """A heading for the board."""
    return f"About {random.choice(ABOUT.get(theme, OTHERWISE))} {random.choice(HOW_OFTEN)}"


def _sentence(random: Random, theme: str) -> str:
    about = random.choice(ABOUT.get(theme, OTHERWISE))
    who, did, often, then = (random.choice(words) for words in (WHO, DID, HOW_OFTEN, AND_THEN))
    return f"{who} {did} about {about} {often} {then}."
