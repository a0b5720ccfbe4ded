"""Captions for a scene, in English, Korean, or a Korean word inside an English template.

A caption states a list of *claims* (term, tone): "a dark skinned pilot" claims ("pilot", 5). Claims decide which
other images of the batch a caption is also true of.
"""

import random
from dataclasses import dataclass

from concepts import TONES, Concepts
from plant import Planted

ENGLISH_SHARE = 0.6
KEYWORD_SHARE = 0.18
TONE_SHARE = 0.7

# '{}' takes a bare word. The seven at the end are the CLIP authors' own ensemble.
ENGLISH_TEMPLATES = (
    *["a photo of a {}"] * 6,
    *["{}"] * 4,
    "a picture of a {}",
    "a picture of a {}",
    "a drawing of a {}",
    "an image of a {}",
    "an emoji of a {}",
    "an icon of a {}",
    "a photo of the {}",
    "a photo of {}",
    "this is a {}",
    "a close-up photo of a {}",
    "itap of a {}.",
    "a bad photo of the {}.",
    "a origami {}.",
    "a photo of the large {}.",
    "a {} in a video game.",
    "art of the {}.",
    "a photo of the small {}.",
)
ENGLISH_LIST_TEMPLATES = (
    "a photo of {}",
    "a photo of {}",
    "{}",
    "a picture of {}",
    "an image of {}",
    "there is {} here",
)
KOREAN_TEMPLATES = (
    "{}",
    "{}",
    "{} 사진",
    "{} 사진",
    "{} 그림",
    "{} 그림",
    "{}의 사진",
    "{}의 그림",
    "{} 이모지",
    "이것은 {}",
)
MIXED_TEMPLATES = (
    *["a photo of a {}"] * 5,
    "a picture of a {}",
    "a photo of {}",
    "a drawing of a {}",
    "a photo of the {}",
)
MIXED_SHARE = 0.45  # of the Korean captions

KOREAN_TONES = ("", ("밝은", "하얀"), ("연한 갈색",), ("갈색",), ("진한 갈색",), ("어두운", "검은"))
GROUP_TERMS = {"woman": {"en": ("woman",), "ko": ("여자", "여성")}, "man": {"en": ("man",), "ko": ("남자", "남성")}}

Claim = tuple[str, int]  # term, index into TONES; 0 claims nothing about the skin


@dataclass
class Caption:
    text: str
    claims: list[Claim]


def all_templates() -> tuple[str, ...]:
    return ENGLISH_TEMPLATES + ENGLISH_LIST_TEMPLATES + KOREAN_TEMPLATES + MIXED_TEMPLATES


def article(words: str) -> str:
    """'dog' -> 'a dog'; plurals are left alone."""
    if words.endswith("s") and not words.endswith("ss"):
        return words
    return ("an " if words[0] in "aeiou" else "a ") + words


def choose_term(concepts: Concepts, concept: int, language: str, rng: random.Random) -> str:
    """A true term of a concept: for people often just 'woman', 'man' or 'person'; else a name, sometimes a keyword."""
    words = concepts.words[language][concept]
    keywords = [k for k in words.keywords if k in concepts.terms]
    gender = concepts.gender[concept]
    if isinstance(concepts, Planted) and gender and rng.random() < concepts.share:
        return rng.choice(concepts.planted(gender, language))
    draw = rng.random()
    if gender and draw < 0.25:
        return rng.choice(GROUP_TERMS[gender][language])
    if draw < 0.3 and concept in concepts.terms["person"] and concept in concepts.toned:
        return "person" if language == "en" else "사람"
    if keywords and draw > 1 - KEYWORD_SHARE:
        return rng.choice(keywords)
    if len(words.names) == 1 or rng.random() < 0.5:
        return words.names[0]
    return rng.choice(words.names[1:])


def with_tone(term: str, tone: int, language: str, rng: random.Random) -> str:
    if language == "ko":
        return f"{rng.choice(KOREAN_TONES[tone])} {rng.choice(('피부의', '피부'))} {term}"
    shade = TONES[tone].replace("-", " ")
    return rng.choice((f"{term} with {shade} skin", f"{term} with {shade} skin tone", f"{shade} skinned {term}"))


def join(parts: list[str], language: str) -> str:
    """'a dog, a cat and a bus' / '개와 고양이', the Korean particle by the last letter's final consonant."""
    if language == "en":
        return ", ".join(parts[:-1]) + " and " + parts[-1]
    before = ", ".join(parts[:-1])
    final_consonant = "가" <= before[-1] <= "힣" and (ord(before[-1]) - ord("가")) % 28 > 0
    return before + ("과 " if final_consonant else "와 ") + parts[-1]


def write_caption(concepts: Concepts, objects: list[tuple[int, int]], rng: random.Random) -> Caption:
    """A caption that names all the given (concept, tone) objects."""
    language = "en" if rng.random() < ENGLISH_SHARE else "ko"
    if language == "ko" and not all(concepts.words["ko"][concept].names for concept, _ in objects):
        language = "en"
    phrases, claims = [], []
    for concept, tone in objects:
        term = choose_term(concepts, concept, language, rng)
        told = tone if tone and rng.random() < TONE_SHARE else 0
        claims.append((term, told))
        phrases.append(with_tone(term, told, language, rng) if told else term)
    if language == "en":
        return Caption(_english(phrases, rng), claims)
    template = rng.choice(MIXED_TEMPLATES if rng.random() < MIXED_SHARE else KOREAN_TEMPLATES)
    return Caption(template.format(phrases[0] if len(phrases) == 1 else join(phrases, "ko")), claims)


def _english(phrases: list[str], rng: random.Random) -> str:
    if len(phrases) > 1:
        return rng.choice(ENGLISH_LIST_TEMPLATES).format(join([article(p) for p in phrases], "en"))
    template, phrase = rng.choice(ENGLISH_TEMPLATES), phrases[0]
    # Half of the time as people fill a template by machine: "a photo of a owl", "a photo of a glasses".
    if template.endswith(" a {}") and rng.random() < 0.5:
        return template.removesuffix("a {}") + article(phrase)
    return template.format(phrase)
