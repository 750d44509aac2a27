"""Affiliations of a LaTeX source: accents, letters, commands and marks."""

import pytest

from bibnet.places.address.latex import without_latex
from bibnet.places.address.normalise import clean, key_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Universit{\"a}t Bonn", "Universität Bonn"),
        (r"Universit\'e de Montr\'{e}al", "Université de Montréal"),
        (r"{\'E}cole F\'ed\'erale", "École Fédérale"),
        (r"Bo\u{g}azi\c{c}i", "Boğaziçi"),
        (r"Bo{\u g}azi{\c c}i", "Boğaziçi"),
        (r"Wroc{\l}aw, \L\'od\'z, {\O}rsted", "Wrocław, Łódź, Ørsted"),
        (r'Link\\"oping, {\AA}bo', "Linköping, Åbo"),
        (r"Mar\'{\i}a", "María"),
        (r"Tel\-e\-com", "Telecom"),
        (r"$^{1}$Eddy University $^2$Tide University", " {1} Eddy University  {2} Tide University"),
        (r"Eddy University$^{\dagger}$, Salem", "Eddy University {} , Salem"),
        (r"University of Tides\\Salem \& Bonn", r"University of Tides, Salem \& Bonn"),
        ("Eddy University, Salem ($5)", "Eddy University, Salem ($5)"),
        ("Universite d''Eddy, Queen''s College", "Universite d'Eddy, Queen's College"),
        ("the ``Eddy'' University", "the ``Eddy'' University"),  # a quotation
    ],
)
def test_accents_become_letters_and_marks_numbers(written: str, read: str) -> None:
    assert without_latex(written).replace(" }", "}") == read


def test_commands_go_and_what_they_hold_stays() -> None:
    words = key_words(clean(r"\affil{\bf Universit\`a di Pisa}\textsuperscript{\rm 1}"))
    assert words == key_words("Università di Pisa 1")
