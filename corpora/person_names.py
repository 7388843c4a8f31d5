"""`python -m corpora.person_names`: writes the lists of given names and surnames that the redaction of names knows.

They are those of the locales below in Faker (MIT licence, https://github.com/joke2k/faker; `pip install faker`, which
nothing else here needs) and, added by hand from general knowledge, names that are common in Denmark and stand in none
of them: older Danish, Greenlandic, Faroese, and those of immigrants. Words that are no name in a Danish dictionary
(simplemma's) are left out. No list of real people was used.
"""

from __future__ import annotations

import importlib
import unicodedata
from pathlib import Path

from simplemma.strategies import DictionaryLookupStrategy

FOLDER = Path(__file__).parents[1] / "pipeline" / "report" / "privacy"
LOCALES = (
    "da_DK", "no_NO", "sv_SE", "is_IS", "fi_FI", "de_DE", "en_GB", "nl_NL", "pl_PL", "tr_TR", "hr_HR", "ro_RO", "lt_LT",
    "lv_LV", "et_EE", "hu_HU", "fr_FR", "es_ES", "it_IT", "vi_VN", "en_IN", "en_PK",
)  # fmt: skip
# ruff: noqa: E501
GIVEN = """
Aage Agnete Alberte Allan Anders Andrea Ane Anette Anita Anja Ann Anne Annelise Annemarie Annette Anni Arne Asger Astrid
Axel Benny Bente Bent Berit Birgit Birgitte Birte Birthe Bjarne Bo Bodil Boris Brian Britta Britt Børge Camilla Carl Carsten
Casper Cecilie Charlotte Christel Christen Christian Christina Christoffer Clara Claus Conny Daniel Dennis Ditte Dorrit
Dorte Dorthe Ebbe Egon Eigil Ejnar Elin Elisabeth Ellen Else Emil Emilie Emma Erik Erling Ester Esther Eva Finn Flemming
Frederik Frida Frode Gerda Gert Gitte Grethe Gudrun Gunnar Gunhild Gurli Hanne Hans Harald Heidi Helle Helga Henning
Henriette Henrik Herdis Holger Ib Ida Inga Inge Inger Ingrid Ingelise Irene Iben Ivan Ivar Jacob Jakob Jan Jane Janne Janni
Jannik Jens Jeppe Jesper Jette Joan Johannes Johnny Jonas Jonna Jytte Jørgen Jørn Kaj Kamilla Karen Karin Karina Karl Karsten
Kasper Katja Katrine Kenneth Kent Kim Kirsten Kirstine Kjeld Klaus Knud Kristian Kristina Kristine Kristoffer Kurt Lars
Lasse Laura Laurits Laust Leif Lena Lene Line Linda Lis Lisa Lisbet Lisbeth Lise Lissi Lone Lotte Louise Lærke Mads Magnus
Maj Maja Malene Malou Margit Margrethe Maria Marianne Marie Marlene Martin Mathias Mathilde Merete Mette Michael Mie Mikael
Mikkel Mogens Mona Morten Nadia Nanna Nicolai Nicoline Niels Nikolaj Nina Nis Oda Ole Oline Ove Palle Pernille Per Peter
Peder Pia Poul Preben Rasmus Regitze Rikke Rita Robert Rosa Runa Ruth Sanne Sara Sidsel Signe Silje Simon Sine Sisse Solvej
Sofie Stig Stine Susan Susanne Svend Søren Sørine Tage Tanja Thea Thomas Thorkild Thyra Tina Tine Tobias Tom Tommy Torben Tove
Trine Troels Tyge Ulla Ulrik Ulrikke Uffe Vagn Verner Vibeke Vibe Viggo Villads Villy Vivi Vivian Winnie Yrsa Yvonne Øjvind
Åge Åse Aase Asbjørn Esben Eskild Folmer Frants Gorm Hjalmar Jarl Kresten Lauge Mourits Orla Oluf Skjold Valdemar Vilfred
Abelone Adam Adrian Agnes Aksel Albert Alf Alfred Alice Aline Alva Alvin Amalie Amanda Andreas Angela Anker Annika Ann-Britt
Anna Anni Annelie Anton Arvid Asta Atle Aurora Ayla Balder Barbara Bastian Beate Beatrice Bella Benedikte Benjamin Bertha
Bertil Bertram Betina Bettina Bianca Birger Birk Birna Bitten Bjarke Bjørg Bjørn Bolette Borghild Brigitte Bror Bruno Buster
Carina Caroline Caspar Castor Cathrine Celine Charlie Chris Christa Christiane Cilla Cille Conni Connie Cornelia Dagfinn
Dagmar Dagny Dan Dana Dani David Debbie Diana Dicte Ditlev Dora Dorete Dorit Dorthea Ea Ebba Eddie Edel Edith Edvard Eike
Einar Ejgil Ejler Ejvind Eleonora Elias Eline Elise Ella Elli Ellinor Elliot Elly Elna Elsa Elsebeth Elvira Emmy Enok Erika
Erica Erna Ernst Ester Esther Eskil Eve Fabian Fanny Felix Ferdinand Fie Filip Filippa Filuca Flora Freddy Freja Freya
Fritz Frej Fridtjof Gabriel Georg Gerner Gertrud Gina Gitta Gorm Greta Grete Gry Gudny Gunilla Gunver Gunvor Gurli Gustav Gyda
Hannah Hannibal Hardy Harriet Harry Hasse Hector Hedda Hedvig Heine Heino Helene Hella Helmer Helmuth Herbert Herluf Herman
Hermod Hilda Hildur Hjalte Hjørdis Holger Howard Hugo Humle Ian Ida Idun Ilse Inge-Lise Ingeborg Inger-Lise Ingerlise Ingolf Ingvar
Irma Isa Isabella Isak Ivy Jack James Jannie Jasper Jean Jeanett Jeanette Jeannette Jenny Jens-Ole Jerry Jessica Jim Jimmi Jimmy
Joachim Joakim Johan Johanne Johan John Jon Jonathan Jonna Josef Josefine Josephine Judith Juliane Julie Julius June Juni Jutta
Kaare Kaja Kaj Kalle Karina Karl-Åge Karlo Karla Karoline Katharina Kathrine Kay Kenni Kenny Kerstin Kevin Kirsa Kirstin Kit
Klara Konrad Kristen Krista Kristel Kåre Lajla Laila Lauge Lau Laurids Laus Leo Leon Leonora Lennart Lennert Liam Lilian Lilli
Lillian Lilly Lina Linea Linette Linnea Lisette Liselotte Lissie Liv Liva Livia Lizzi Loa Loke Lona Loui Louis Luca Lucas Luis Luka
Lukas Luna Lydia Lykke Lærke Magda Magdalena Maggi Maiken Maibritt Maj-Britt Maj-Brit Malte Malthe Manfred Manja Margrete
Margot Mariann Marika Marina Marius Marja Mark Marlies Markus Marna Marta Martha Mary Matilde Maude Maurits Max Maximilian Maya Melissa
Merle Mia Michala Michella Michelle Mike Mikala Mikkeline Mila Milas Mille Milo Mimi Mingus Minna Minna Mira Mirjam Molly Monika Monica Monni
Mynte Naja Nana Nancy Nanette Nanja Nathalie Nelly Nete Nicki Nicklas Nick Niklas Niels-Jørgen Nikita Nikoline Ninette Ninna Noah Noomi Nora Norma Oliver
Olivia Olga Olaf Olav Oscar Oskar Otto Otilia Pauline Paul Pauli Pelle Perle Petra Philip Pil Pjotr Polly Povl Ragnhild Ragna Ralf Ralph Rebecca Rebekka
Regin Regitse Regnar Reinhardt Rena René Renate Renée Ricki Rie Rigmor Roar Robin Rolf Roland Rosita Rosie Rudi Rune Rut Ruben Sabine Sally Samuel
Sander Sandra Saga Sarah Sascha Sebastian Selina Selma Sif Sigfred Sigrid Sigurd Silas Silke Silla Simone Sindre Siri Siv Skjalm Sofus Sol Solveig Solvejg Solvej Sonja
Sonny Stefan Steffen Stella Steen Sten Stephanie Storm Sune Sunniva Susanna Susanne Susie Svenn Sven Svante Sylvester Sylvia Synnøve Søs Sørina
Tabita Tabitha Teddy Tenna Terese Terkel Thais Theis Theo Theodor Therese Thit Thor Thora Thorbjørn Thore Thorleif Thorvald Thorstein Tilde Tim Timo Tobi
Toke Tonni Tonny Tor Torkil Torkild Torleif Torsten Torstein Tristan Troels-Emil Trudi Tue Tummas Turi Tyra Ulf Ulrich Ulrika Ursula Uwe Valborg Valentin
Vanessa Vera Vega Verna Verner Veronika Vester Vicki Vicky Victor Victoria Vidar Viktor Viktoria Vilas Vilhelm Villum Vilma Vilfred Vinni Vinnie Viola Vita Vitus
Walter Werner Wilhelm Willy William Wilma Xenia Yasmina Yvette Zacharias Ziggy Zita Zoe Ørnulf Øystein Aase Aksel Ågot Åsa
Aputsiaq Aqqaluk Aqqa Aviaja Aviâja Inuk Inunnguaq Ivalu Ivalo Ivaana Kaali Kuluk Kunuk Malik Malu Maliina Minik Miki Nivi
Niviaq Nuka Nukaaka Naja Navarana Najaaraq Paarma Paninnguaq Pipaluk Qillaq Qupanuk Salik Sivert Tukumminnguaq Ujarneq Ulloriaq
Pavia Pele Piitannguaq Juaaka Karla Kistaara Aka Bárður Bjarni Bogi Brandur Durita Elin Eyðun Fróði Guðrun Gunnvør Hallur
Hanus Heðin Heri Hjalti Høgni Jákup Jógvan Jóannes Jónleif Kári Katrin Kristianna Marjun Marna Niclas Oddvør Óli Pál Páll Poula Rannvá
Rói Rókur Sámal Sigga Sigrun Sjúrður Sólrun Suni Súsanna Teitur Tóki Tórður Trygvi Turið Unn Vár
Abdi Abdul Abdullah Abdirahman Abdulkadir Abdulrahman Adel Adnan Ahmad Ahmed Ahmet Aisha Aicha Ali Alaa Alina Almir Amal Amina Amir
Amira Amna Anwar Arash Asma Asmaa Aya Ayan Ayse Ayşe Aziz Azra Bashir Basma Behrouz Bilal Bushra Dalia Deqa Dilan Edin Elif Emine
Emir Erkan Fadi Fadumo Faisal Farah Farhad Faris Fatima Fatma Fatime Fatemeh Fawzia Fikret Fikreta Fouad Ghada Hadi Hafsa Hakan
Halima Hamid Hamza Hana Hanan Haris Hasan Hassan Hatice Hawa Hibo Hodan Huda Hussein Husein Hüseyin Ibrahim Idil Ifrah Ilham Iman
Imran Ines Ismail Jamal Jamila Jasmin Javad Kadir Kadra Kemal Khadija Khadra Khaled Khalid Khalil Lamia Layla Leila Leyla Lejla
Maher Mahmoud Mahdi Malak Maryam Marwa Mehmet Mehdi Meryem Mina Mirza Mohammad Mohammed Mohamed Mohamud Mona Muhammad Muhammed Muna
Murat Mustafa Nabil Nadia Nadine Naima Najib Nasir Nasra Nasrin Nazir Nima Noor Nour Nura Omar Osman Özlem Parisa Parwin Qasim
Rabia Rahma Rana Rania Rashid Reem Reza Roya Ruqaya Saad Saber Sabah Sadia Safia Sahar Said Salah Salam Salem Salim Salma Salman
Sami Samir Samira Sana Sanaa Selma Senad Shabana Shadi Shahnaz Shireen Soraya Suad Suleiman Sumaya Tahir Tamer Tariq Tarek Umar
Usman Wafa Walid Warsame Yahya Yasin Yasmin Yasmina Youssef Yusuf Yousef Zahra Zainab Zaynab Zakaria Zeynep Zohra Zuhal
Arjun Aruna Kavitha Kumar Lakshmi Meena Nirmala Priya Rajini Ravi Selvi Sivakumar Suganthi Thavarani Vijaya Anh Bao Duc Hai Hien
Hoa Hong Huong Lan Linh Long Mai Minh Nga Ngoc Nguyet Phuong Quang Thanh Thao Thi Thuy Trang Trinh Tuan Tuyet Van Agnieszka
Ewa Grzegorz Jolanta Katarzyna Krzysztof Magda Małgorzata Piotr Wojciech Zbigniew Andriy Dmytro Halyna Iryna Kateryna
Mykola Natalia Nataliia Oksana Oleksandr Olena Oleh Serhii Svitlana Tetiana Volodymyr Yuliia Yulia Ludmila Sergej Vladimir
Besnik Blerim Drita Fatmir Flora Valbona Vjosa Dragan Goran Jelena Milica Nebojsa Snezana Zoran Emina Fahrudin Jasminka Mirsad
Samir Sead Sejla Šejla Senada Awa Chidi Kwame Ngozi Olumide Adwoa Joy Grace Blessing Rosario Divina Jocelyn Maricel Somchai
Malee Noi Ping Wei Xiao Haruto Yuki Meron Tesfaye Selam Yonas Hiwot Mebrahtu Semhar Feven Filmon
"""
SURNAMES = """
Aabenhus Aagaard Aagreen Abildgaard Abildtrup Agerskov Ahle Ahm Ankjær Asmussen Astrup Balle Balslev Bille Bisgaard Bjørn Bjørnskov Blicher
Boding Borup Bork Brix Brask Bredahl Brøndum Brøgger Bruhn Buch Budtz Buhl Bülow Christoffersen Dalby Dalum Dinesen Dreyer Drost Dyhr Dyrberg Elbæk
Elkjær Elmelund Engberg Engell Fabricius Falk Falkenberg Fischer Fog Fogh Frandsen Fuglsang Gammelgaard Gamborg Gaarde Gertsen Glad Grøn Grønbæk
Grønkjær Guldager Gyldenløve Haagensen Hammer Hansgaard Hede Helms Hessel Hvass Hvidbjerg Hvidtfeldt Ibsen Isaksen Ipsen Jul Jønsson Kaae Kappel Karstensen
Kehlet Kirkegaard Klint Klitgaard Kloster Kofod Kold Kortegaard Krabbe Kristoffersen Kvist Kühl Kyhn Lauritzen Laugesen Leth Linde Lindgren Lindhardt Lindkvist
Lindqvist Ludvigsen Lykke Lyhne Lynggaard Løvgren Mark Meldgaard Mejlgaard Mose Munkholm Mølbak Mørch Mørk Neergaard Nebel Nimb Nordentoft Norup Nyborg Nyholm
Nymann Nørby Obel Odgaard Okholm Ovesen Pagh Palm Pihl Pilegaard Ploug Poulsen Præst Qvist Raaschou Raun Ravnborg Refsgaard Reinholdt Ringgaard Rohde Rosendahl Roed
Rostgaard Rytter Rønnow Sand Sandager Schiøtt Schjødt Schiøler Schou Sejr Sejerø Skaarup Skaaning Skårup Skak Skjødt Smed Sommer Sonne Stage Stald Stagsted Steen Steensgaard Stenberg Stougaard
Strand Strøm Sylvest Søby Tang Thestrup Thomasen Thorup Thorborg Thrane Thuesen Tornvig Trier Tved Uhd Ulrich Vadgaard Vangsgaard Vejrup Vestermark Vind Vium Vognsen Wagner Wandel Westh Wiberg
Wiggers Winkel With Wolff Worm Wøldike Zachariassen Ørsted Øland Øhlenschlæger Ågaard Åkjær
Andersen Bach Bak Bang Bech Beck Bendtsen Berg Berthelsen Bertelsen Bjerre Bjerregaard Boesen Bonde Brandt Bruun Bundgaard Busk
Buus Byskov Carstensen Christensen Christiansen Clausen Clemmensen Dahl Dalgaard Dalsgaard Dam Damgaard Damsgaard Davidsen Degn
Ditlevsen Eriksen Enevoldsen Esbensen Fabricius Fisker Foged Frandsen Frederiksen Friis Frost Gade Gram Gravesen Gregersen Gundersen
Hald Hansen Haugaard Hedegaard Hein Henriksen Hermansen Hjort Hoffmann Holm Holst Hougaard Hvid Høj Højgaard Iversen Jacobsen Jakobsen
Jensen Jeppesen Jepsen Jespersen Jessen Johannesen Johannsen Johansen Jonassen Josefsen Juhl Justesen Juul Jørgensen Kaas Karlsen Kaspersen
Kirk Kjeldsen Kjær Kjærgaard Klausen Klit Knudsen Koch Kofoed Kragh Krarup Kristensen Kristiansen Krog Krogh Kromann Kruse Lange Larsen
Lassen Lauridsen Lauritsen Laursen Lind Lindberg Lindholm Lorentzen Lund Lundberg Lundgaard Lundsgaard Lynge Lyngholm Madsen Markussen
Martinsen Mathiasen Mathiesen Mejer Meyer Michelsen Mikkelsen Mogensen Mortensen Mouritsen Munch Munk Møller Nielsen Nissen Nygaard Nørgaard
Nørregaard Olesen Olsen Ottosen Overgaard Paulsen Pedersen Petersen Poulsen Povlsen Quist Rasmussen Ravn Riis Rosenkilde Rosendal Schmidt
Schou Schrøder Schultz Severinsen Simonsen Skov Skovgaard Skytte Steffensen Stensgaard Storm Svane Svendsen Søgaard Sørensen Thomsen Thorsen
Thygesen Thøgersen Toft Toftgaard Torp Trolle Tønnesen Ulriksen Vang Vestergaard Villadsen Villumsen Vinther Voss Wind Winther Wulff Yde Østergaard
Aaen Ågård Kleist Petrussen Kreutzmann Lyberth Motzfeldt Heilmann Olsvig Rosing Egede Kielsen Joensen Jacobsen Patursson Poulsen
Thomassen Dam Djurhuus Johannesen Rasmussen Samuelsen Reinert Hoydal Nolsøe Mortan
Abdi Abdullahi Ahmadi Ahmadzai Akhtar Al-Hassan Al-Jabouri Aslan Aydin Begum Begović Bui Butt Cakmak Celik Dang Demir Do Doğan Farah
Haddad Hadžić Hamidi Haidari Hoang Hosseini Huynh Iqbal Jama Karimi Kaya Khan Khalaf Kılıç Kovač Kowalska Kowalski Kovalenko Le Mahmood Malik Mansour Mehmeti
Mirza Mohammadi Mussa Nasser Nguyen Novak Nowak Osmanović Özdemir Öztürk Pham Phan Popović Qureshi Rahimi Rajasingham Saleh
Sahin Şahin Sharif Shah Sheikh Sivanesan Suleymanovic Tran Truong Ullah Vo Vu Warsame Yilmaz Yıldız Yousefi Zaidi
Shevchenko Bondarenko Petrenko Wójcik Lewandowska Zielinska Gebremariam Tekle Haile Okafor Mensah Adeyemi Santos Reyes Cruz
"""


def main() -> None:
    """Write both lists, sorted, one name a line."""
    given, surnames = set[str](), set[str]()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female"):
            given |= set(getattr(provider, attribute, ()))
        surnames |= set(getattr(provider, "last_names", ()))
    for name, names, own in (("given_names.txt", given, GIVEN), ("surnames.txt", surnames, SURNAMES)):
        kept = {_plain(one) for one in (*filter(_is_usable, names), *own.split())}
        text = "".join(f"{one}\n" for one in sorted(kept))
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_usable(name: str) -> bool:
    """Whether a name is one word in Latin letters, and no common word alone."""
    if len(name) < 2 or not name.replace("-", "").isalpha() or not unicodedata.name(name[0]).startswith("LATIN"):
        return False
    words = DictionaryLookupStrategy()
    return words.exact_lemma(name.lower(), "da") is None or words.exact_lemma(name, "da") is not None


if __name__ == "__main__":
    main()
