"""The house rules that a moderator can name when something is returned, each with what to do about it."""

from django.utils.translation import gettext_lazy as _

HOUSE_RULES = {
    "others": _("Leave out what points to another person: say what they are, not who."),
    "abuse": _("Write about what was done, without insults. You may quote insults said to you."),
    "threat": _("Nobody is threatened here."),
    "unclear": _("Say a little more, so that others can understand what happened."),
    "advert": _("Nothing is sold or advertised here."),
    "elsewhere": _("Complaints about one service go to that service first. We can say where."),
}
