"""Make lexicon.txt.gz from Det Danske Sentimentleksikon: `python models/sentiment/build_lexicon.py CSV`.

CSV is 2_headword_headword_polarity.csv of DDS v0.2 (DSL and CST, University of Copenhagen, CC BY-SA 4.0). Left out:
polarities of -1 and 1, which are mostly connotations; word forms whose usual reading has another meaning (mod, klasse,
ledere); words of administration that judge nothing (indsats, mulighed); forms whose headwords disagree in sign.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

WEAKEST = 2
_HOMOGRAPHS = """
    a ad al arm arme ar av band bar bad brand briller bærer bære central centrale centralt dag dannelse drive dukker
    dukkede dør død døde ende energi energien falder faldt fald faldet far fat fin-fin flag fred fyr fyre før gal gift
    gud guds guide had helt hjerne hjernen hjerte hjertet hit hold hot in jord kage kanon klasse klassen klasser
    klasserne kære køn lang lange langt last led lede ledere lederen lederne leder let lever leve levede levende live
    liv livet lys lyst løn mester mod moder mode more mor mørk mørke navn når nyt om out ost over pas penge plus
    position pr pris prisen priser priserne pris- præcis præcist rad ramme rammen rammer rammerne ramt rent ren rene ret
    rig rige ring ringe ringer rod rose rose- røre sekunder sikre sikrer sikret skam skat skatter skyld slet smag smage
    so sort spidsen star stjerne stjerner styrke støtter støtte sukker syg syge sygt tab tjene tjener tjeneste tjenester
    tjekket top tør ud vagt vagter vel ved vind vinder vis vold drøm dræbt offer ofre løber par bestemt bestemte netop
    vist givet gang mål slag sag sagen felt fest billig billige ære hos fuldstændig fuldstændigt naturligvis
    vedkommende sagtens virkelig komplet reelt markant betydeligt væsentligt væsentlig hurtig hurtigt hurtige hurtigere
    værdi værdier orden synd synde godkendt godkende godkender gennemført afholdt anholdt fast snart kamp krig fængsel
"""
_ADMINISTRATIVE = """
    indsats indsatsen indsatser indsatserne indsatsers mulighed muligheden muligheder mulighederne ønske ønsker ønskes
    ønsket ønskede ønskerne hjælp hjælpe hjælper hjælpes hjulpet hjalp hjælpen gerne tak kvalitet kvaliteten kvaliteter
    ressource ressourcer ressourcerne ressourcen evne evner evnen indflydelse indflydelsen interesse interesser
    interesserede interesseret opmærksomhed opmærksomheden ansvarlig ansvarlige ekspert eksperter praktisk praktiske
    effektiv effektivt effektive velkommen vigtig vigtigt vigtige vigtigste vigtigere sikker sikkert klar klart klare
    klarer menneskelig menneskelige varm varme varmen kold kolde koldt moderne
    kritisk kritiske forbud risiko inspiration dialog dialogen udvikling rigtig rigtigt rigtige chance chancer
"""


def main(source: Path, target: Path) -> None:
    """Read the CSV, write one line per polarity: number, tab, words in alphabetical order."""
    left_out = {*_HOMOGRAPHS.split(), *_ADMINISTRATIVE.split()}
    found: dict[str, set[int]] = defaultdict(set)
    with source.open(encoding="utf-8-sig", newline="") as stream:
        for _headword, _homograph, _pos, _id, polarity, forms in csv.reader(stream):
            for form in forms.split(";"):
                found[form.casefold()].add(int(polarity))
    by_polarity: dict[int, list[str]] = defaultdict(list)
    for form, values in found.items():
        strongest = max(values, key=abs)
        agree = min(values) > 0 or max(values) < 0
        if agree and abs(strongest) >= WEAKEST and len(form) > 2 and form.isalpha() and form not in left_out:
            by_polarity[min(values, key=abs)].append(form)
    lines = [f"{polarity}\t{' '.join(sorted(words))}\n" for polarity, words in sorted(by_polarity.items())]
    with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write("".join(lines).encode())
    print(f"{sum(map(len, by_polarity.values()))} word forms, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).with_name("lexicon.txt.gz"))
