"""Documents written for the tests: letters, minutes and mails of many municipalities, with the traps that such have."""

from __future__ import annotations

FILLER = """
Udvalget drøftede, hvordan det går med at få ansøgere til de ledige stillinger. Flere pegede på, at
samarbejdet med uddannelserne har betydning, og at de nye medarbejdere har brug for en god start.
Der var enighed om at følge sagen op efter sommerferien.
"""

ROSKILDE_TO_KOEGE = f"""Køge Kommune
Børne- og Uddannelsesforvaltningen
Torvet 1
4600 Køge

Roskilde Kommune
Skole og Børn
Rådhusbuen 1
4000 Roskilde

Tlf. 46 31 30 00
www.roskilde.dk

Dato: 3. februar 2023

Kære Køge Kommune

Tak for henvendelsen om et fælles forløb for nye skoleledere i Køge Kommune og Roskilde Kommune.
{FILLER}
Vi foreslår, at vi mødes i Køge. Køge Kommune bedes vende tilbage senest den 1. marts 2023.

Med venlig hilsen

Skolechefen
Roskilde Kommune
"""

KOEGE_TO_ROSKILDE = f"""KØGE KOMMUNE

Roskilde Kommune
Rådhusbuen 1
4000 Roskilde

Dato 12. maj 2023
Sagsnr. 2023-004512

Vedr.: Fælles lederforløb

Kære kolleger i Roskilde Kommune
{FILLER}
Med venlig hilsen

Børne- og ungechefen
Køge Rådhus, Torvet 1, 4600 Køge
E-mail: boernogunge@koege.dk
"""

NORDFYNS_MINUTES = f"""Referat fra møde i Børne- og Ungeudvalget

Tirsdag den 4. oktober 2022 kl. 15.30, mødelokale 2

Punkt 1: Godkendelse af dagsorden
Godkendt.

Punkt 2: Skolernes rammer
Skolerne i Bogense og Otterup har begge for få lokaler, og i Søndersø venter man på den nye hal.
{FILLER}
Beslutning
Udvalget tog orienteringen til efterretning. Erfaringer fra Odense Kommune inddrages.
"""

VEJEN = f"""Notat

Der er ingen ting i vejen for, at Vejen Kommune kan gå med. På vejen dertil skal Rødding og Brørup høres.
{FILLER}
"""

VEJEN_NOUN = f"""Notat om trafiksikkerhed ved skolerne

Vejen er smal, og bilerne holder i vejen for børnene. Vejen til skolen bør spærres om morgenen. På vejen hjem
er det lettere, og vejen frem er en dialog med forældrene.
{FILLER}
"""

NAMES_ONLY = f"""Opsamling på dialogmøde

Til stede: Peter Holbæk, Mette Ringsted, Anders Greve, Lone Struer og Jens Køge Nielsen. Mødet blev holdt på
Københavnsvej 12. Peter Holbæk fortalte om studiet på Roskilde Universitet, og Mette Ringsted om Sorø Akademi og
Aarhus Universitet. Københavns Professionshøjskole og Holbæk Sygehus var også med.
{FILLER}
"""

HELSINGOER = f"""Beslutningsprotokol

Byrådet i Helsingør drøftede onsdag den 30. august 2023 skolernes økonomi. Skolerne i Espergærde og Snekkersten
har haft færre elever end ventet.
{FILLER}
"""

FREDERIKSBERG = f"""Frederiksberg Kommune
Undervisningsudvalget

Dagsorden for mødet mandag den 5. september 2022

1. Orientering om samarbejdet med Københavns Kommune
Københavns Kommune har spurgt, om klubberne på grænsen til Nørrebro kan deles. Københavns Kommune betaler halvdelen.
{FILLER}
2. Eventuelt

Frederiksberg Kommune, Smallegade 1, 2000 Frederiksberg
"""

GREVE_AND_SOLROED = f"""Samarbejdsaftale

mellem Greve Kommune og Solrød Kommune om fælles kompetenceudvikling.

Greve Kommune stiller lokaler til rådighed. Solrød Kommune stiller undervisere til rådighed.
{FILLER}
"""

MAIL_AARHUS_TO_KK = f"""Fra: Skolechef <chef@aarhus.dk>
Sendt: 14. marts 2024 09:12
Til: Budget <budget@buf.kk.dk>; Direktionen <direktion@kk.dk>
Cc: sekretariat@kk.dk
Emne: Besøg om rekruttering

Kære kolleger i Københavns Kommune

Tak for sidst i København. Vi vil gerne høre mere om, hvordan I gør i Københavns Kommune.
{FILLER}
Venlig hilsen
Skolechefen
"""

NORWEGIAN = """Notat til Oslo kommune om bemanning i barnehagene

Vi har de siste årene sett at det er vanskelig å få tak i nok barnehagelærere, og mange av stillingene blir stående
tomme. I København Kommune har de prøvd en ordning hvor nyutdannede får en mentor det første året. Etter det vi har
fått vite, har ordningen vært vellykket, men noen av barnehagene synes at den tar mye tid. Kommunen bør vurdere om
noe liknende kan brukes her hos oss, og hva det i så fall vil koste.
"""

SWEDISH = """Anteckningar från mötet i Malmö kommun

Vi har under de senaste åren sett att det är svårt att få tag på tillräckligt många förskollärare, och många av
tjänsterna står tomma. I Köpenhamn har man prövat en ordning där nyutexaminerade får en mentor under det första
året. Kommunen bör överväga om något liknande kan användas här hos oss och vad det i så fall skulle kosta.
"""

ADVICE_FROM_UNION = f"""Henvendelse om lærernes forberedelse
Hvidovre Kommune, Hvidovrevej 278, 2650 Hvidovre

Dato: 9. juni 2022

Kære udvalgsformand
{FILLER}
Med venlig hilsen
Formanden for kredsen
"""

ODENSE_OTHERS = f"""Odense Kommune
Børn- og Ungeforvaltningen

Notat

Forvaltningen har spurgt Aalborg Kommune, Esbjerg Kommune, Randers Kommune og Aarhus Kommune, hvordan de måler
trivsel. Både i Aalborg Kommune og i Aarhus Kommune bruges de nationale målinger, og i Esbjerg Kommune egne.
Skolerne i Vollsmose og Dalum er med i forsøget.
{FILLER}
"""

LYNGBY_MEMO = f"""Lyngby-Tårbæk Kommune
Center for Børn og Skole

Dato: 07.02.23
Journalnr.: 17.00.00-G01-12-23

NOTAT

Rekruttering til SFO i Virum og Sorgenfri
{FILLER}
Gentofte Kommune og Gladsaxe Kommune har gode erfaringer.
"""

BORNHOLM = f"""Bornholms Regionskommune
Ullasvej 23, 3700 Rønne

Referat af møde i Børne- og Skoleudvalget d. 12.05.2023
{FILLER}
"""

HOEJE_TAASTRUP_MAIL = f"""Fra: dagtilbud@htk.dk
Til: leder@ishoj.dk
Emne: Fælles åbningstid
Sendt: 01-09-2022 10:15

Hej

Kan vi holde fælles sommerpasning i Hedehusene? Ishøj Kommune har plads til tyve børn.
{FILLER}
Mvh dagtilbudschefen
"""

HORSENS_CAPITALS = f"""HORSENS KOMMUNE
UDDANNELSE OG ARBEJDSMARKED

DAGSORDEN

Tirsdag den 14. november 2023 kl. 16.00
Punkt 1: Godkendelse af dagsordenen
Punkt 2: Budget
{FILLER}
"""

STRUER_BROKEN_LINE = f"""Notat om sygefravær

Fraværet i dagtilbuddene er faldet to år i træk. Det viser de tal, som forvaltningen i Struer
Kommune har samlet ind. Også i Humlum og på Jegindø går det fremad.
{FILLER}
"""

GLADSAXE_PAGES = f"""Bilag 4

Tal fra de enkelte skoler
{FILLER}
Kontakt: skole@gladsaxe.dk, tlf. 39 57 50 00, Rådhus Allé 7, 2860 Søborg
"""

SLAGELSE_HEARING = f"""Høringssvar fra forældrebestyrelsen i Korsør

Til Slagelse Kommune

Vi takker for at blive hørt om budget 2024 og er bekymrede for personalet i Korsør og Skælskør.
{FILLER}
På bestyrelsens vegne, den 3. september 2023
"""

VESTHIMMERLAND = f"""Politik for et godt arbejdsmiljø

Vedtaget af byrådet i Vesthimmerlands Kommune den 28. april 2022

Politikken gælder alle arbejdspladser i Aars, Farsø og Løgstør.
{FILLER}
"""
