"""The words of the reference: what the tokenizers are trained on and what the text encoders are asked."""

TRAINING_TEXTS = [
    "a photo of a cat sleeping on a warm sofa near the window",
    "a photo of a small dog running along the beach at sunset",
    "a blurry picture of a red car parked in front of the old house",
    "the forest behind the village is green in summer and white in winter",
    "a plate of food on a wooden table, with a glass of water",
    "people walking through the palace gate in the rain",
    "it's the best photo i've seen; they're sure you'll like it, he'd say he can't",
    "an illustration of a mountain, a river, a bridge and the blue sky",
    "this is not a photo of a doctor, a nurse, a teacher or a student",
    "2 cats and 3 dogs, 10 birds, 24 hours, 365 days in 2024",
    "고양이 사진",
    "강아지가 바닷가에서 뛰어놀고 있는 사진",
    "전통 한옥 마을의 골목길 풍경 사진",
    "비 오는 날 서울 궁궐 앞을 걷는 사람들",
    "푸른 숲과 높은 산, 그리고 맑은 하늘",
    "맛있는 음식이 식탁 위에 놓여 있는 사진",
    "빨간 자동차가 오래된 집 앞에 서 있다",
    "이것은 의사나 간호사의 사진이 아니다",
]

LABELS = ["cat", "red car", "forest", "palace", "고양이", "한옥 마을", "음식", "🐶"]
TEMPLATES = ["{label}", "a photo of a {label}", "{label} 사진"]

# Each of these has broken some tokenizer: truncation (which must keep the end token), case, white space,
# contractions, digits, composed and decomposed Hangul, joined emoji, right-to-left text, a special token as text.
EDGE_TEXTS = [
    "",
    "A PHOTO OF A CAT",
    "  a   photo\tof\n a  cat  ",
    "a photo of a cat!!! (really?) #1: \"yes\", it's 100% cat; they've said we'll see...",
    "ten 10 and 2024, 3.14, ½ and ²",
    "café naïve Ærøskøbing straße İstanbul",
    "cafe\u0301 in decomposed letters",
    "한옥",
    "\u1112\u1161\u11ab\u110b\u1169\u11a8",
    "👩‍👩‍👧‍👦 family 🇰🇷 ❤️",
    "صورة قطة",
    "猫の写真",
    "zero\u200bwidth and no\u00a0break and ideographic\u3000space",
    "snake_case kebab-case path/to/file a<b>c a=b",
    "the label <|endoftext|> in the middle",
    "the label </s> in the middle",
    "a photo of " + ", ".join(["a cat", "a dog", "a red car", "the old palace"] * 12),
    "서울의 오래된 궁궐과 한옥 마을 사진 " * 12,
]


def prompts(template: str) -> list[str]:
    """Every label put into one template."""
    return [template.replace("{label}", label) for label in LABELS]


def all_texts() -> list[str]:
    """Every text a reference embedding is written for, without repeats, in a fixed order."""
    texts = [text for template in TEMPLATES for text in prompts(template)] + EDGE_TEXTS
    return list(dict.fromkeys(texts))
