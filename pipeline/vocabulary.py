"""Words that stand in municipal documents whatever they are about."""

from __future__ import annotations

# Words that every municipal document has, whatever it is about.
_ADMINISTRATIVE = """
    kommune kommunal udvalg forvaltning afdeling område punkt sag møde dagsorden referat bilag indstilling
    beslutning sagsfremstilling orientering drøftelse efterretning notat dokument brev formand næstformand direktør
    rådmand borgmester byråd kommunalbestyrelse direktion side dato år måned uge dag time gang kr krone million antal
    procent pct del form måde sted hel stor lille god ny anden flere mange få samme egen første sidste næste øvrig
    foreslå drøfte indstille godkende orientere beslutte kunne skulle ville måtte burde have være blive gøre få give
    tage komme gå stå se sige finde lade sætte holde bruge arbejde vise fremgå forhold mulighed behov fokus opgave
    eksempel konstruere betyde kende mene tænke synes lægge ske
"""
ADMINISTRATIVE = frozenset(_ADMINISTRATIVE.split())

# When something happens: a theme is not about the month in which it was dealt with.
_CALENDAR = """
    januar februar marts april maj juni juli august september oktober november december
    mandag tirsdag onsdag torsdag fredag lørdag søndag forår sommer efterår vinter jul påske ferie sommerferie
    morgen formiddag eftermiddag aften døgn halvår kvartal klokke tidspunkt periode årsskifte weekend skoleår
"""
CALENDAR = frozenset(_CALENDAR.split())

# They count, point or grade, or are the furniture of letters and minutes, and name no subject.
_GENERAL = """
    al alle fælles ung voksen kort fast enkelt lav høj gammel ny svær sen tidlig lang kær venlig åben eventuel halv
    virkelig særlig klar tilsvarende rigtig vanskelig dårlig færdig enig konkret fuld almindelig daglig årlig mulig
    nuværende nødvendig forskellig bestemt generel samlet aktuel relevant vigtig væsentlig tydelig kommende pågældende
    ekstra direkte tæt bred løbende rolig stille glad velkommen fremmest halvanden tilfreds ordinær snarlig bedst
    punkt sted tal ramme vej tak hilsen besked svar brug eksempel gengæld halvdel andel gennemsnit mængde række grund
    deltager medlem forslag godkendelse bemærkning spørgsmål emne status drøftelse baggrund udgangspunkt hensyn
    forbindelse sammenhæng anledning løsning resultat ting slags måde tilfælde person folk navn ord tekst afsnit
    kapitel figur tabel telefon mail adresse postnummer lokale rådhus hovedpunkt opfølgning forsøg led niveau
    kroner øre tusind milliard nummer udkast version udgave underskrift afbud referent dirigent ordfører
    medlemmer ordstyrer høringssvar høringsfrist sagsnummer journalnummer kommunalbestyrelse økonomiudvalg
"""
GENERAL = frozenset(_GENERAL.split())
