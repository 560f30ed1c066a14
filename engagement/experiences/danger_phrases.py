"""What `danger` looks for in English: patterns over small letters without apostrophes or accents.

Add a pattern with a sentence in tests/engagement/experiences/test_danger.py, and one that looks
like it and is not.
"""
# ruff: noqa: E501  a pattern reads better whole

_SOMEBODY = (
    r"(?:he|she|they|(?:my|our|her|his|the|me) (?:ex |step ?)?(?:husband|wife|partner|boyfriend|girlfriend|ex"
    r"|dad|daddy|father|mum|mam|mom|mummy|mother|parents|brother|sister|son|uncle|aunt|aunty|cousin|carer"
    r"|in ?laws?|mother in law|father in law|stepdad|stepmum|step ?father|step ?mother|fella|bloke|man|family|boss))"
)
_SOFTENED = r"(?: \w+){0,3}"
_CHILD = (
    r"(?:(?:my|the|his|her|their|our|a|that|this|your) )?(?:(?:little|own|baby|older|young|poor) )*"
    r"(?:child|children|kids?|baby|babies|son|daughter|lad|boys?|girls?|toddler|grandson|granddaughter"
    r"|grandchildren|grandkids|niece|nephew|stepson|stepdaughter)"
)
_STRIKES = r"(?:hits?|hitting|beats?|beating|beaten|punch\w*|kick\w*|slap\w*|strangl\w*|chok(?:es?|ed|ing)|burns?|burnt|burned|hurts?|hurting)"

# Said often and meaning no harm. Taken out before anything is looked for.
IDIOMS = (
    r"dying (?:to|for) (?:see|meet|know|try|hear|get|go|find|tell|be|read|visit|have|a|some)\b",
    r"die of (?:laughter|boredom|embarrassment|shame)",
    r"(?:to|die) die for\b",
    r"died laughing",
    r"kill(?:s|ed|ing)? (?:time|two birds|an hour|the (?:mood|lights|engine|weeds|grass))",
    r"(?:feet|back|knees?|legs?|head|job|heat|stairs|hill|bills?|rent|queue|waiting|wait|commute) (?:is|are|was|were) killing (?:me|us)",
    r"(?:could|would|id) (?:kill|murder) (?:for|a)\b",
    r"dressed to kill",
    r"if looks could kill",
    r"(?:my )?(?:mum|mam|mom|dad|nan|boss|wife|husband|teacher|mates?) (?:will|would|is going to|s going to|gonna|s gonna) kill me (?:if|when|for|cos|because) (?:i|im|we|the)\b",
    r"(?:beats?|beat(?:en|ing)?) (?:me|us|him|her|them|(?:the|my) (?:kids|children|lad|son|boy)s?) (?:to it|to the|at|in|by|on points|hands down)\b",
    r"(?:hit|hits|hitting) (?:me|us|"
    + _CHILD
    + r") (?:with (?:a|an|the|another|\u00a3?\d+) ?\w* ?(?:bill|charge|fee|fine|rise|penalty|debt|cost)s?|up\b|hard|hardest|worst|badly|for (?:a )?\u00a3?\d+|that)",
    r"kick(?:s|ed|ing)? (?:me|us|him|her|them|" + _CHILD + r") (?:out|off|back|when|while|up)\b",
    r"kick(?:s|ed|ing)? (?:a|the) ball\b",
    r"burn(?:s|ed|t)? (?:me|us|them) out",
    r"choked (?:up|on)\b",
    r"cut(?:ting)? myself (?:off|some|shaving|a slice|out)",
    r"suicide (?:prevention|awareness|bereavement|hotline|helpline|bomb\w*|squad)",
    r"lock(?:s|ed|ing)? (?:me|us) in(?: ?to)? (?:a|an|the|my|this) (?:contract|deal|tariff|tenancy|rate)",
    r"dog grooming|pet grooming|grooming (?:salon|parlour)",
    r"(?:better off|wish i was|wish i were) dead (?:lift|line)",
)

UNDER_18 = (
    r"\bi ?a?m (?:only |just )?(?:[5-9]|1[0-7]|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen))"
    r"(?: ?(?:years? old|yrs?|year old|and)\b|[.,!]|$)|\bim in year (?:[1-9]|1[0-3])\b"
)

ENGLISH = {
    ("life", "clear"): (
        r"(?:want|wanted|wanting|wants|need|ready|going|wanna|plan\w*|trying|tried|like|rather) (?:to )?(?:just )?(?:die|be dead|kill myself|end (?:it all|my life|it))\b",
        r"wanna die\b",
        r"kill(?:ing|ed)? (?:myself|my self|meself)\b",
        r"(?:wish|wished) (?:that )?i (?:was|were|am|would be|could be|could just be) dead\b",
        r"wish i (?:wasnt|werent|was not|were not) (?:here|alive)",
        r"wish i had ?(?:nt|not|never) (?:been born|woken up)",
        r"wish i (?:could|would) (?:just )?(?:never|not) wake up",
        r"better off (?:dead|if i (?:was|were) (?:dead|gone)|without me)\b",
        r"(?:end|ending|take|taking|took) my (?:own )?life\b",
        r"(?:end|ending) it all\b",
        r"(?:hurt|hurting|harm|harming|harmed) myself\b",
        r"(?:feel|feeling|felt|am|im|been|was|being) (?:so |very |really )?suicidal\b",
        r"suicidal (?:thoughts?|feelings?|ideas?)",
        r"(?:think|thinking|thought|thoughts) (?:about|of) (?:suicide|killing|ending|jumping)",
        r"(?:commit|attempt|attempted|attempting|tried|plan\w*) (?:to commit )?suicide\b",
        r"(?:no|nothing|no reason|not much|little) (?:left )?to live(?: for)?\b",
        r"(?:life|living) (?:is|isnt|is not|was not|wasnt|not) (?:not )?worth (?:living|it)\b",
        r"(?:dont|do not|didnt|did not) (?:really )?(?:want|wanna|wish) (?:to )?(?:live|be here|be alive|wake up|exist|carry on living)\b",
        r"jump(?:ed|ing)? (?:off|from|in front of) (?:the|a|that|of the) (?:\w+ )?(?:bridge|roof|building|flats|train|tram|bus|motorway|balcony|car park)",
        r"(?:took|taken|taking|take) (?:an|another|all (?:my|the)) (?:overdose|tablets|pills)",
        r"(?:going|gonna|want|plan\w*) (?:to )?(?:kill|stab|murder|shoot) (?:him|her|them|you|someone|somebody|everyone|my)\b",
    ),
    ("life", "possible"): (
        r"(?:cant|cannot|can not) (?:go|carry) on(?: any ?more| like this| living)?\b",
        r"(?:cant|cannot|can not) (?:take|cope with|do) (?:it|this|life) (?:any ?more|any longer)",
        r"suicid\w+",
        r"self ?\W?harm\w*",
        r"cut(?:s|ting)? (?:myself|herself|himself|themselves)\b",
        r"overdos\w+",
        r"(?:killed|kill|hanged|hung) (?:himself|herself|themselves)\b",
        r"no way out\b",
        r"(?:given|give|giving) up on life\b",
    ),
    ("abuse", "clear"): (
        _SOMEBODY + _SOFTENED + " " + _STRIKES + r" (?:on )?(?:me|us|my (?:mum|mam|mom|sister))\b",
        _SOMEBODY
        + _SOFTENED
        + r" (?:is|was|are|were|s|started|keeps|kept) (?:\w+ )?(?:violent|physically abusive|abusing|abusive)",
        _SOMEBODY
        + _SOFTENED
        + r" (?:threaten\w*|going|gonna|says?|said|will|wants?|tried) (?:\w+ ){0,3}(?:kill|hurt|stab|murder|strangle) (?:me|us|my)\b",
        _SOMEBODY
        + _SOFTENED
        + r" (?:wont|doesnt|does not|will not|never|didnt|dont|do not) (?:let|lets|allow|allows) me (?:to )?(?:leave the house|leave home|leave him|leave her|out|go out|see my (?:family|friends|mum|mam)|use my phone|have my own money)",
        _SOMEBODY
        + _SOFTENED
        + r" (?:took|takes|keeps|kept|has|holds|hid|hides) (?:my|our) (?:passports?|id|papers)\b",
        _SOMEBODY + _SOFTENED + r" lock(?:s|ed)? (?:me|us) (?:in|up|inside)\b",
        r"(?:abuses|abused|abusing|assaulted|raped|raping|molested|strangled) (?:me|us)\b",
        r"(?:was|been|being|got|get|getting) (?:\w+ )?(?:raped|sexually (?:abused|assaulted)|strangled|beaten up by my|trafficked)",
        r"(?:scared|afraid|frightened|terrified) (?:of|to be (?:alone|home) with) (?:my|him|her) ?(?:husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mum|mother|stepdad|brother|son|family|in ?laws|uncle)?\b",
        r"(?:scared|afraid|frightened|terrified) to go (?:back )?home\b",
        r"(?:not|isnt|never|dont feel|do not feel|doesnt feel) safe (?:at|in my own) home\b(?! office)",
        r"(?:forc\w+|made|makes|making) me (?:to )?(?:have sex|marry|sleep with|get married|do sexual)",
        r"(?:forced|arranged against my will) (?:marriage|into marriage)",
        r"honou?r (?:killing|based)",
        r"fear (?:for|of losing) my life",
    ),
    ("abuse", "possible"): (
        r"domestic (?:abuse|violence)",
        r"(?:coercive|controlling) (?:control|behaviou?r|partner|husband|relationship)",
        r"(?:sexual|emotional|physical|financial) abuse",
        r"(?:rape|rapist|sexual assault)\b",
        r"abusive (?:relationship|partner|ex|husband|wife|marriage|home|family|parents?)",
        r"(?:fled|fleeing|flee|escap\w+|left) (?:from )?(?:my|an|a|domestic) (?:abus\w+|violen\w+|ex|husband|partner)",
        r"womens (?:refuge|aid)",
        r"stalk(?:s|ed|ing) me",
        r"modern slavery|trafficking",
        r"fgm\b|female genital",
        r"(?:controls|takes|took) (?:all )?my (?:money|wages|bank card)",
    ),
    ("child", "clear"): (
        _SOMEBODY
        + _SOFTENED
        + r" (?:"
        + _STRIKES
        + r"|hurts?|hurting|shakes|shook|abus\w+|molest\w*|starv\w+|threaten\w*) "
        + _CHILD
        + r"\b(?! hard)",
        r"(?:abusing|abused|molesting|molested|raped|neglecting|grooming|groomed) "
        + _CHILD
        + r"\b",
        r"touch(?:es|ed|ing) (?:me|"
        + _CHILD
        + r") (?:\w+ )?(?:there|where|inappropriate\w*|in a way|sexually|down|private)",
        r"touch(?:es|ed) me when i was (?:a child|little|young|\d)",
        _CHILD
        + r" (?:is|are|was|were|being|gets?|getting|has been|have been|been) (?:\w+ ){0,2}(?:hit|beaten|abused|hurt by|raped|molested|starved|neglected|groomed|touched by|locked in)\b",
        _CHILD
        + r" (?:is|are|was|were|being|gets?|get|has been|have been|been)? ?(?:often |always )?left (?:home )?alone (?:at night|all (?:night|day)|overnight|for (?:hours|days))",
        _CHILD
        + r" (?:is|are|isnt|arent|were|was)(?: not)? (?:not safe|unsafe|in danger|at risk) (?:at home|with|from)",
        r"(?:hear|heard|hearing) " + _CHILD + r" (?:\w+ )?scream\w* (?:every|next door|at night)",
        r"(?:county lines|using (?:him|her|my son|my lad|kids|children) to (?:sell|carry|run) drugs)",
        r"(?:take|taking|taken|send|sending) (?:my|the|his|her|their) (?:sister|daughter|girl|niece|cousin) (?:abroad|back home|to be cut)(?: to (?:marry|be married|get married|be cut))",
    ),
    ("child", "possible"): (
        r"child (?:abuse|neglect|protection|sexual)",
        _CHILD + r"(?: \w+){0,6} bruis\w+",
        r"(?:safeguarding|social services) (?:concern|referral|about (?:a|my|the) child)",
        r"(?:grooming|groomed)\b",
    ),
}
