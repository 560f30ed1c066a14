"""What `danger` looks for in languages other than English: plain phrases, as people write them.

`danger` folds accents and letters that are written in more than one way. No native reader has
checked these yet.
"""

_URDU = {
    ("life", "clear"): (
        "مرنا چاہتا ہوں", "مرنا چاہتی ہوں", "جینا نہیں چاہت", "زندہ نہیں رہنا چاہت", "خودکشی کرنا چاہ", "خودکشی کر لوں",
        "خودکشی کا سوچ", "اپنی جان لے لوں", "اپنی زندگی ختم کر", "marna chahta hu", "marna chahti hu",
        "jeena nahi chah", "khudkushi karna chah", "khudkushi kar lu",
    ),
    ("life", "possible"): ("خودکشی", "khudkushi", "khud kushi"),
    ("abuse", "clear"): (
        "مجھے مارتا ہے", "مجھے مارتے ہیں", "مجھے مارتی ہے", "شوہر مارتا", "مجھے جان سے مار", "مجھ پر ہاتھ اٹھات",
        "مجھے قتل کر", "گھر سے نکلنے نہیں دیت", "زبردستی شادی", "میری عصمت دری", "mujhe marta hai", "mujhe maarta hai",
        "mujhe maarte hain", "shohar marta", "shohar maarta", "jaan se maar", "zabardasti shadi",
    ),
    ("abuse", "possible"): ("گھریلو تشدد", "جنسی زیادتی", "gharelu tashadud"),
    ("child", "clear"): (
        "بچوں کو مارت", "بچے کو مارت", "بچی کو مارت", "بچوں کے ساتھ زیادتی", "بچے کے ساتھ زیادتی", "bachon ko marta",
        "bachon ko maarta", "bachay ko maarta",
    ),
}  # fmt: skip
_ARABIC = {
    ("life", "clear"): (
        "أريد أن أموت", "أريد الموت", "بدي موت", "اتمنى الموت", "أتمنى أن أموت", "أقتل نفسي", "قتل نفسي", "أنهي حياتي",
        "إنهاء حياتي", "لا أريد أن أعيش", "لا أريد العيش", "ما بدي عيش", "أفكر في الانتحار", "أفكر بالانتحار",
        "حاولت الانتحار", "أريد الانتحار",
    ),
    ("life", "possible"): ("انتحار", "إيذاء نفسي", "أؤذي نفسي"),
    ("abuse", "clear"): (
        "يضربني", "بيضربني", "زوجي ضربني", "يهددني بالقتل", "هددني بالقتل", "سيقتلني", "يريد قتلي", "رح يقتلني",
        "اغتصبني", "تم اغتصابي", "يحبسني", "لا يسمح لي بالخروج", "زواج قسري", "أجبروني على الزواج", "أخاف من زوجي",
    ),
    ("abuse", "possible"): ("عنف أسري", "العنف الأسري", "عنف منزلي", "العنف المنزلي", "اغتصاب", "تحرش"),
    ("child", "clear"): (
        "يضرب أطفالي", "يضرب الأطفال", "يضرب الأولاد", "يضرب أولادي", "يضرب ابني", "يضرب ابنتي", "يضرب طفل",
        "يتحرش بابن", "يتحرش بطفل", "يؤذي أطفالي", "يؤذي الأطفال",
    ),
}  # fmt: skip
_POLISH = {
    ("life", "clear"): (
        "chcę umrzeć", "chciałbym umrzeć", "chciałabym umrzeć", "nie chcę żyć", "nie chce mi się żyć", "zabić się",
        "zabiję się", "się zabić", "się zabiję", "odebrać sobie życie", "skończyć ze sobą", "myśli samobójcze",
        "myślę o samobójstwie", "popełnić samobójstwo",
    ),
    ("life", "possible"): ("samobójstw", "okaleczam się", "nie mam siły żyć"),
    ("abuse", "clear"): (
        "mnie bije", "bije mnie", "pobił mnie", "mnie pobił", "zgwałcił", "zgwałcon", "grozi że mnie zabije",
        "grozi, że mnie zabije", "grozi mi śmiercią", "boję się męża", "boję się partnera", "boję się ojca",
        "nie pozwala mi wychodzić", "zabrał mi paszport", "zabrali mi paszport", "zmusza mnie do",
    ),
    ("abuse", "possible"): ("przemoc domow", "przemocy domow", "przemoc w rodzinie", "przemocy w rodzinie"),
    ("child", "clear"): (
        "bije dzieci", "bije dziecko", "bije syna", "bije córkę", "molestował", "molestuje", "krzywdzi dzieci",
        "krzywdzi dziecko",
    ),
}  # fmt: skip
_PUNJABI = {
    ("life", "clear"): (
        "ਮਰਨਾ ਚਾਹੁੰਦਾ", "ਮਰਨਾ ਚਾਹੁੰਦੀ", "ਜੀਣਾ ਨਹੀਂ ਚਾਹੁੰ", "ਜਿਉਣਾ ਨਹੀਂ ਚਾਹੁੰ", "ਖੁਦਕੁਸ਼ੀ ਕਰਨ", "marna chahunda", "marna chahundi",
        "marna chaunda", "marna chaundi", "jeena nahi chahund", "jeena nahi chaund", "khudkushi karn",
    ),
    ("life", "possible"): ("ਖੁਦਕੁਸ਼ੀ", "ਆਤਮ ਹੱਤਿਆ"),
    ("abuse", "clear"): (
        "ਮੈਨੂੰ ਮਾਰਦਾ", "ਮੈਨੂੰ ਮਾਰਦੇ", "ਮੈਨੂੰ ਕੁੱਟਦਾ", "ਮੈਨੂੰ ਕੁੱਟਦੇ", "ਜਾਨੋਂ ਮਾਰ", "mainu marda", "mainu maarda", "mainu kutda",
        "menu marda", "menu kutda", "jaano maar",
    ),
    ("abuse", "possible"): ("ਘਰੇਲੂ ਹਿੰਸਾ", "gharelu hinsa"),
    ("child", "clear"): (
        "ਬੱਚਿਆਂ ਨੂੰ ਮਾਰਦ", "ਬੱਚਿਆਂ ਨੂੰ ਕੁੱਟਦ", "ਬੱਚੇ ਨੂੰ ਕੁੱਟਦ", "ਬੱਚੇ ਨੂੰ ਮਾਰਦ", "bachian nu marda", "bachian nu kutda",
        "bacheya nu marda", "bacheya nu kutda",
    ),
}  # fmt: skip
_BENGALI = {
    ("life", "clear"): (
        "মরে যেতে চাই", "আমি মরতে চাই", "আত্মহত্যা করতে", "আত্মহত্যা করব", "আত্মহত্যার কথা ভাব", "বাঁচতে চাই না",
        "বেঁচে থাকতে চাই না", "নিজেকে শেষ করে",
    ),
    ("life", "possible"): ("আত্মহত্যা",),
    ("abuse", "clear"): (
        "আমাকে মারে", "আমাকে মারধর", "আমাকে পেটায়", "স্বামী মারে", "স্বামী মারধর", "মেরে ফেলবে", "মেরে ফেলার হুমকি",
        "ধর্ষণ করেছে", "ধর্ষণ করে", "জোর করে বিয়ে", "বাইরে যেতে দেয় না",
    ),
    ("abuse", "possible"): ("পারিবারিক নির্যাতন", "পারিবারিক সহিংসতা", "ধর্ষণ"),
    ("child", "clear"): (
        "বাচ্চাদের মারে", "বাচ্চাকে মারে", "বাচ্চাদের মারধর", "সন্তানকে মারে", "ছেলেকে মারে", "মেয়েকে মারে",
    ),
    ("child", "possible"): ("শিশু নির্যাতন",),
}  # fmt: skip
_SOMALI = {
    ("life", "clear"): (
        "inaan dhinto", "dhiman rabaa", "inaan is dilo", "is dili rabaa", "inaan naftayda", "nolosha ma rabo",
        "ma rabo inaan noolaado",
    ),
    ("life", "possible"): ("is dilid", "isdil"),
    ("abuse", "clear"): (
        "i garaac", "wuu i dilaa", "i dili doon", "wuu i dili", "i kufsad", "i kufsaday", "guur qasab",
        "waxaan ka baqayaa ninkayga", "waan ka baqayaa ninkayga", "i xirtay guriga",
    ),
    ("abuse", "possible"): ("rabshadaha guriga", "kufsi"),
    ("child", "clear"): (
        "carruurta wuu garaac", "carruurta garaac", "caruurta garaac", "caruurta wuu garaac", "ilmaha garaac",
        "ilmaha wuu garaac",
    ),
}  # fmt: skip
OTHERS = (_URDU, _ARABIC, _POLISH, _PUNJABI, _BENGALI, _SOMALI)
