"""Symptoms of nerves, mood, sleep, senses and skin in the words of patients, and talk that only sounds so."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator
from consult.nlp.effect.lexicon import phrases_of


def _found(annotator: Annotator, text: str) -> dict[str, str]:
    return {one.text: one.concept for one in annotator.annotate(text).effects}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("giddy any time he hops out of the tub", "giddy any time he hops out of the tub"),
        ("swimmy as soon as he stands", "swimmy as soon as he stands"),
        ("LH upon rising from bed", "LH upon rising from bed"),
        ("gets up too fast and sees stars", "gets up too fast and sees stars"),
        ("every time he stood, woozy", "stood, woozy"),
        ("dizzy, stands in line all day", "dizzy"),
    ],
)
def test_dizziness_and_the_standing_up_that_brings_it_are_one(annotator: Annotator, text: str, mention: str) -> None:
    found = _found(annotator, text)

    assert list(found) == [mention]
    assert found[mention] == ("dizziness" if mention == "dizzy" else "orthostatic dizziness")


def test_vertigo_stays_vertigo_whatever_brings_it_on(annotator: Annotator) -> None:
    assert _found(annotator, "vertigo when he gets out of bed") == {"vertigo": "vertigo"}


@pytest.mark.parametrize(
    ("text", "mention", "concept"),
    [
        ("red bumps on chest since Keflex", "red bumps on chest", "rash"),
        ("red spots on legs", "red spots on legs", "rash"),
        ("welts on her arms", "welts on her arms", "hives"),
        ("sores on her feet", "sores on her feet", "skin sores"),
        ("sores on both shins", "sores on both shins", "skin sores"),
        ("sore feet", "sore feet", "foot pain"),
        ("pins n needles around the mouth", "pins n needles around the mouth", "paresthesia"),
        ("pins + needles in toes", "pins + needles in toes", "paresthesia"),
        ("roaring in both ears", "roaring in both ears", "tinnitus"),
        ("whistling in left ear", "whistling in left ear", "tinnitus"),
    ],
)
def test_the_problem_of_a_part_is_what_its_noun_names(
    annotator: Annotator, text: str, mention: str, concept: str
) -> None:
    assert _found(annotator, text) == {mention: concept}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("kitchen going round when she rolls over", "vertigo"),
        ("furniture cruising at home", "unsteady gait"),
        ("slid off the commode", "fall"),
        ("came to on the bathroom floor", "syncope"),
        ("feet nailed to the floor at doorways", "freezing of gait"),
        ("legs just give way", "muscle weakness"),
        ("R foot drop", "muscle weakness"),
        ("hands rattle when she pours", "tremor"),
        ("neck yanked to one side", "dystonia"),
        ("face like a mask", "parkinsonism"),
        ("legs won't settle in bed", "restless legs"),
        ("like she has socks on", "numbness"),
        ("like walking on broken glass", "paresthesia"),
        ("electric zaps down both legs", "paresthesia"),
        ("tight band, band across forehead", "headache"),
        ("icepick stabs in temple", "headache"),
        ("has to lie down after making the bed", "fatigue"),
        ("mind like a colander", "memory loss"),
        ("memory shot per wife", "memory loss"),
        ("thinks it's 1972", "confusion"),
        ("can't follow the plot", "difficulty concentrating"),
        ("can't finish a sentence", "word-finding difficulty"),
        ("a dog on the bed no one else sees", "hallucinations"),
        ("saw a little boy by the stove who wasn't there", "hallucinations"),
        ("convinced the aides are poisoning her", "paranoia"),
        ("accuses husband of cheating", "paranoia"),
    ],
)
def test_pictures_of_the_nervous_system(annotator: Annotator, text: str, concept: str) -> None:
    assert concept in _found(annotator, text).values()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("nothing to look forward to", "depressed mood"),
        ("sobbing all day", "depressed mood"),
        ("wound tight", "anxiety"),
        ("thinking about driving off a bridge", "suicidal thoughts"),
        ("wishes she could go to sleep and not wake up", "suicidal thoughts"),
        ("took a handful of pills on purpose", "self-harm"),
        ("lost $900 at the slots", "compulsive gambling"),
        ("gets maybe 2 hrs a night", "insomnia"),
        ("trouble drifting off", "insomnia"),
        ("gruesome dreams", "nightmares"),
        ("punched wife in his sleep", "dream enactment"),
        ("mowed the lawn in his sleep", "sleepwalking"),
        ("drove to the 7-11 in her sleep", "sleepwalking"),
        ("knocks her flat", "drowsiness"),
        ("nods into her soup", "drowsiness"),
    ],
)
def test_mood_and_sleep(annotator: Annotator, text: str, concept: str) -> None:
    assert set(_found(annotator, text).values()) == {concept}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("words dance on the page", "blurred vision"),
        ("cobwebs in her vision", "floaters"),
        ("curtain came down over L eye", "vision loss"),
        ("pupils like saucers", "dilated pupils"),
        ("stopped up ears", "ear fullness"),
        ("gunk draining from the ear", "ear discharge"),
        ("sinuses stopped up", "nasal congestion"),
        ("everything smells burnt", "loss of smell"),
        ("PND, on Flonase", "runny nose"),
        ("PND, sleeps upright", "paroxysmal nocturnal dyspnea"),
        ("dribbles on his pillow", "drooling"),
        ("tongue like flypaper", "dry mouth"),
        ("ulcers inside cheeks", "mouth sores"),
        ("white fur on tongue", "thrush"),
        ("breath could kill a horse", "bad breath"),
        ("teeth turning gray", "tooth discoloration"),
        ("wiggly teeth", "loose tooth"),
        ("cheeks scarlet", "flushing"),
        ("slate-blue tint to the face", "skin discoloration"),
        ("red square where the patch was", "application site reaction"),
        ("gobs of hair in the comb", "hair loss"),
        ("hair is like straw", "hair changes"),
        ("toenails thick and yellow", "nail infection"),
        ("fingers like icicles", "cold extremities"),
        ("never sweats", "decreased sweating"),
    ],
)
def test_senses_mouth_skin_and_heat(annotator: Annotator, text: str, concept: str) -> None:
    assert concept in _found(annotator, text).values()


@pytest.mark.parametrize("text", ["weepy over nothing since Depo", "angry at nothing since prednisone"])
def test_over_nothing_denies_nothing(annotator: Annotator, text: str) -> None:
    assert [one.negated for one in annotator.annotate(text).effects] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "confused the two inhalers",
        "blacked out the days on her calendar",
        "depressed the plunger halfway",
        "took a fall trip to Maine",
        "doses off the gas station brand",
        "thinks the nurse is following her chart",
        "says daughter is watching her diet",
        "wants to drive to the bank",
        "spent $4000 on dental work",
        "works 3 hrs a night",
        "walks the dog while wife sleeps",
        "can't open the pill bottle",
        "wearing gloves to apply",
        "tomato red soup",
        "puts insulin in the freezer",
    ],
)
def test_ordinary_talk_is_no_symptom(annotator: Annotator, text: str) -> None:
    assert _found(annotator, text) == {}


def test_a_family_of_phrases_is_written_once() -> None:
    assert list(phrases_of("no spit; tongue like {old_leather sandpaper}")) == [
        "no spit",
        "tongue like old leather",
        "tongue like sandpaper",
    ]
