"""Signs of danger: what is seen, what only looks like it, and in which languages."""

import pytest

from engagement.experiences.danger import ABUSE, CHILD, LIFE, Sign, Weight, signs

CLEAR, POSSIBLE = Weight.CLEAR, Weight.POSSIBLE


def test_plain_words_about_wanting_to_die_are_a_clear_sign():
    assert signs("Some days I just want to die.") == [Sign(LIFE, CLEAR)]


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself and nobody at the surgery listens",
        "ive been feeling suicidal since the eviction letter",
        "I don’t want to be here any more.",
        "i dont want to live like this",
        "My kids would be better off without me",
        "I thought about jumping off the motorway bridge",
        "Last winter I tried to take my own life.",
        "there is nothing left to live for",
        "I took an overdose in March and waited nine hours",
        "I wish I was dead",
        "WISH I HADN'T WOKEN UP",
        "I keep thinking about ending it all",
        "life isn't worth living in this flat",
        "I have started hurting myself again",
        "He says he is going to kill her when she gets back",
    ],
)
def test_danger_to_life_is_clear(text):
    assert Sign(LIFE, CLEAR) in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "My husband hits me when the money runs out",
        "my partner has strangled me twice",
        "He threatened to kill me if I told the school",
        "I am scared of my ex and he has my new address",
        "I'm scared to go home tonight",
        "my dad beats my mum and the council did nothing",
        "She won't let me leave the house",
        "I was raped and the police never rang back",
        "They are forcing me to marry my cousin",
        "My boss took our passports",
        "he locks me in when he goes to work",
        "I don't feel safe at home",
        "my boyfriend is violent",
        "My stepdad hurts my sister",
    ],
)
def test_abuse_is_clear(text):
    assert Sign(ABUSE, CLEAR) in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "The man next door hits his little boy every night",
        "someone is abusing a child in our block",
        "the kids are left alone all night while she works",
        "my son is being groomed by older lads",
        "he touched me when I was a child and now he coaches there",
        "They use my lad and other kids for county lines",
        "Her daughter is not safe at home",
    ],
)
def test_a_child_at_risk_is_clear(text):
    assert Sign(CHILD, CLEAR) in signs(text)


def test_a_child_who_tells_of_abuse_is_a_child_at_risk_too():
    assert signs("I'm 14 and my dad hits me") == [Sign(ABUSE, CLEAR), Sign(CHILD, CLEAR)]
    assert signs("I am 41 and my dad hits me") == [Sign(ABUSE, CLEAR)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I can't go on like this", LIFE),
        ("My brother killed himself after the sanction", LIFE),
        ("There is no help round here after suicide", LIFE),
        ("The self-harm clinic has a two-year wait", LIFE),
        ("I left because of domestic abuse and lost my tenancy", ABUSE),
        ("I was in an abusive relationship for years", ABUSE),
        ("Our school does nothing about child neglect", CHILD),
    ],
)
def test_words_that_may_mean_danger_are_a_possible_sign(text, code):
    assert signs(text) == [Sign(code, POSSIBLE)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm dying to see the new library",
        "We were killing time at the bus station for two hours",
        "My feet were killing me after that queue",
        "the stairs are killing me with my knees",
        "I could murder a brew",
        "My mum is going to kill me when I tell her I missed the appointment",
        "The view from Werneth Low is to die for",
        "That clinic kills two birds with one stone",
        "I nearly died laughing at the form",
        "The rent rise hit me with a bill I can't pay",
        "Cuts hit the children hardest",
        "They kicked me off Universal Credit",
        "he kicks a ball against my wall all day",
        "My son beat me at chess in the community centre",
        "I got burned out at work",
        "We were locked in a contract with the energy firm",
        "The suicide prevention training was excellent",
        "there is a dog grooming place where the youth club was",
        "They locked me in to a tariff for two years",
        "I cut myself off from everyone in lockdown",
        "We are starving for good news in Bolton",
        "My phone died on the way to the hospital",
        "I live for my garden and the council wants to pave it",
        "It is a dead end job",
        "The park is dead in winter",
        "My son is 14 and loves it here",
        "",
        "🙂🙂🙂",
    ],
)
def test_what_only_looks_like_danger_is_no_sign(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("میں مرنا چاہتی ہوں، کوئی سننے والا نہیں", LIFE),
        ("میرا شوہر مجھے مارتا ہے", ABUSE),
        ("وہ بچوں کو مارتا ہے", CHILD),
        ("main marna chahti hun, marna chahti hu sach mein", LIFE),
        ("أريد أن أموت ولا أحد يسمعني", LIFE),
        ("اريد ان اموت", LIFE),
        ("زوجي يضربني كل ليلة", ABUSE),
        ("جارنا يضرب أطفاله ويضرب الأطفال في الشارع", CHILD),
        ("Nie chcę żyć od kiedy straciłem pracę", LIFE),
        ("nie chce zyc", LIFE),
        ("Mąż mnie bije, boję się", ABUSE),
        ("Sąsiad bije dzieci codziennie", CHILD),
        ("ਮੈਂ ਮਰਨਾ ਚਾਹੁੰਦੀ ਹਾਂ", LIFE),
        ("mainu marda hai roz", ABUSE),
        ("ਉਹ ਬੱਚਿਆਂ ਨੂੰ ਕੁੱਟਦਾ ਹੈ", CHILD),
        ("আমি মরতে চাই", LIFE),
        ("স্বামী আমাকে মারে", ABUSE),
        ("সে বাচ্চাদের মারে", CHILD),
        ("waxaan rabaa inaan dhinto", LIFE),
        ("ninkaygu wuu i garaacaa habeen kasta", ABUSE),
        ("wuxuu carruurta garaacaa", CHILD),
    ],
)
def test_the_main_phrases_of_other_languages_are_clear_signs(text, code):
    assert Sign(code, CLEAR) in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "ہمارے گھر میں سردی بہت ہے اور ہیٹر خراب ہے",
        "البيت بارد جدا ولا أحد يرد على الهاتف",
        "Mieszkanie jest zimne, a agencja nie odbiera telefonu. Gwałtownie wzrósł czynsz.",
        "ਘਰ ਬਹੁਤ ਠੰਡਾ ਹੈ",
        "আমাদের ঘর খুব ঠান্ডা",
        "Guriga waa qabow, dhakhtarkuna ballan ma bixiyo",
    ],
)
def test_everyday_words_of_other_languages_are_no_sign(text):
    assert signs(text) == []


def test_a_clear_phrase_outweighs_a_possible_one():
    assert signs("I read about suicide and I want to kill myself") == [Sign(LIFE, CLEAR)]


def test_five_thousand_characters_of_anything_are_read_at_once():
    # A pattern that backtracks would hang the sharing transaction on a long text.
    for text in ("he " * 1700, "my " * 1700, "a" * 5000, "child is " * 600, "\u0301" * 5000):
        assert signs(text[:5000]) == []
