"""Short forms of given names, each group being forms of one another. What does not live here: a team's own nicknames,
which stand in the people list as aliases.
"""

from __future__ import annotations

_GROUPS = """
alex al sandy sasha alexander alexandra alejandro alexandre
andy drew andrew andreas andre
ana anna annie anne ann hannah
tony anton anthony antonio
ben benny benjamin
beth liz lizzie lisa betty eliza elizabeth elisabeth
bob rob bobby robbie robert roberto
bill will billy willy willi liam william wilhelm
cat cathy catherine katherine kathryn katharina kate katie kathy kat kay katrin catarina
charlie chuck charles carlos carl karl
chris christopher christian christina christine kris kristina
dan danny daniel daniela danielle
dave davey david
deb debbie deborah
dick rick rich ricky richie richard ricardo
don donald
ed eddie ted edward eduardo edwin
fran frank francis francisco frances franziska
fred freddy frederick friedrich frederik
gabe gabby gabriel gabriela gabrielle
greg gregory
hank harry henry heinrich enrique
jack john johnny jon jonathan johannes hans johan juan ian
jake jacob jakob
jen jenny jennifer
jim jimmy james jamie
joe joey joseph jose josef
josh joshua
judy judith
ken kenny kenneth
larry lawrence laurence lorenz
leo leonard leonardo
maggie meg peggy greta margaret margarita margarethe
mandy amanda
manny manuel emanuel
matt matty matthew matthias mateo
max maximilian maxwell
mike mick mikey michael miguel mikhail michel
mel melanie melissa
nate nathan nathaniel
nick nicky nico nicholas nicolas nikolaus nikolai
pam pamela
pat paddy patrick patricia tricia trish
pete peter pedro petra
phil philip phillip philipp
raj rajesh rajiv rajendra
ray raymond raimund
ron ronnie ronald
sam sammy samuel samantha
sara sarah sally
steve stevie stephen steven stefan stephan stephanie steph
sue susie susan suzanne susanne
tim timmy timothy
tom tommy thomas tomas
val valerie valentina valentin
vicky vic tori victoria viktor victor
vlad vladimir
zach zack zachary
"""
SAME_NAME: dict[str, frozenset[str]] = {}
for _line in _GROUPS.strip().splitlines():
    _group = frozenset(_line.split())
    for _name in _group:
        SAME_NAME[_name] = SAME_NAME.get(_name, frozenset()) | _group


def forms_of(name: str) -> frozenset[str]:
    """All forms of a given name, itself included.

    >>> "katherine" in forms_of("Kate")
    True
    """
    key = name.casefold()
    return SAME_NAME.get(key, frozenset()) | {key}
