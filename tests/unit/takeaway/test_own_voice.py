"""What a note says in the third person is said by the patient on paper."""

from __future__ import annotations

import pytest

from consult.takeaway.own_voice import own_voice


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("dizzy when she stands up", "dizzy when I stand up"),
        ("made her itch", "made me itch"),
        ("makes him sick to his stomach", "makes me sick to my stomach"),
        ("can't catch her breath", "can't catch my breath"),
        ("trips over her own feet", "trips over my own feet"),
        ("up all night since he coughs", "up all night since I cough"),
        ("when pt catches cold", "when I catch cold"),
        ("cries when she's alone", "cries when I am alone"),
        ("keeps her up", "keeps me up"),
        ("not like himself", "not like myself"),
        ("upsets her", "upsets me"),
        ("feels like she has the flu", "feels like I have the flu"),
        ("heartburn", "heartburn"),
        ("short of breath on the stairs", "short of breath on the stairs"),
        ("his ankles swell", "my ankles swell"),
    ],
)
def test_third_person_becomes_first(noted: str, said: str) -> None:
    assert own_voice(noted) == said
