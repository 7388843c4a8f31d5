"""The fonts that pages are printed in, regular and bold, from Debian's packages; each split has its own families.

Packages: fonts-liberation, fonts-dejavu, fonts-noto-core, fonts-crosextra-carlito, fonts-crosextra-caladea,
fonts-texgyre, fonts-lato, fonts-open-sans, fonts-roboto-unhinted, fonts-roboto-slab, fonts-paratype,
fonts-sil-gentiumplus, fonts-sil-charis, fonts-sil-andika, fonts-clear-sans, fonts-linuxlibertine, fonts-ebgaramond,
fonts-urw-base35, fonts-oxygen, fonts-cabin, fonts-inter, fonts-gfs-didot, fonts-oldstandard, fonts-cantarell.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path("/usr/share")
_TRUETYPE, _OPENTYPE, _GYRE = "fonts/truetype", "fonts/opentype", "texmf/fonts/opentype/public/tex-gyre"

Face = tuple[str, str]  # paths of the regular and the bold font below ROOT


def _face(folder: str, name: str, regular: str = "-Regular.ttf", bold: str = "-Bold.ttf") -> Face:
    return f"{folder}/{name}{regular}", f"{folder}/{name}{bold}"


def _gyre(name: str) -> Face:
    return _face(_GYRE, f"texgyre{name}", "-regular.otf", "-bold.otf")


def _opentype(folder: str, name: str, regular: str = "-Regular.otf", bold: str = "-Bold.otf") -> Face:
    return _face(f"{_OPENTYPE}/{folder}", name, regular, bold)


FONTS: dict[str, list[Face]] = {
    "train": [
        _face(f"{_TRUETYPE}/liberation", "LiberationSans"),
        _face(f"{_TRUETYPE}/liberation", "LiberationSerif"),
        _face(f"{_TRUETYPE}/crosextra", "Carlito"),
        _face(f"{_TRUETYPE}/crosextra", "Caladea"),
        _face(f"{_TRUETYPE}/dejavu", "DejaVuSans", ".ttf"),
        _face(f"{_TRUETYPE}/noto", "NotoSans"),
        _face(f"{_TRUETYPE}/noto", "NotoSerif"),
        *map(_gyre, ("heros", "bonum", "termes", "pagella")),
        _face(f"{_TRUETYPE}/lato", "Lato"),
        _face(f"{_TRUETYPE}/open-sans", "OpenSans"),
        _face(f"{_TRUETYPE}/roboto/unhinted/RobotoTTF", "Roboto"),
        _face(f"{_TRUETYPE}/paratype", "PTS", "55F.ttf", "75F.ttf"),
        _face(f"{_TRUETYPE}/paratype", "PTF", "55F.ttf", "75F.ttf"),
        _face(f"{_TRUETYPE}/gentiumplus", "GentiumPlus"),
        _face(f"{_TRUETYPE}/clear-sans", "ClearSans"),
        _opentype("linux-libertine", "LinLibertine_R", ".otf", "B.otf"),
        _opentype("ebgaramond", "EBGaramond12"),
        _opentype("urw-base35", "URWBookman", "-Light.otf", "-Demi.otf"),
    ],
    "dev": [
        _face(f"{_TRUETYPE}/oxygen", "Oxygen-Sans", ".ttf"),
        _opentype("cabin", "Cabin"),
        _opentype("inter", "Inter"),
        _face(f"{_TRUETYPE}/charis", "CharisSIL"),
        _opentype("didot", "GFSDidot", ".otf", "Bold.otf"),
        _face(f"{_TRUETYPE}/fonts-oldstandard", "OldStandard"),
    ],
    "test": [
        _face(f"{_TRUETYPE}/dejavu", "DejaVuSerif", ".ttf"),
        *map(_gyre, ("schola", "adventor")),
        _opentype("cantarell", "Cantarell"),
        _face(f"{_TRUETYPE}/andika", "Andika"),
        _opentype("linux-libertine", "LinBiolinum_R", ".otf", "B.otf"),
        _opentype("roboto/slab", "RobotoSlab"),
        _face(f"{_TRUETYPE}/liberation", "LiberationSansNarrow"),
    ],
}
