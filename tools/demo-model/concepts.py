"""Which drawing shows what: emoji file names become (concept, skin tone), and every concept gets its words.

A *concept* is an emoji without its skin tone ("man-pilot"); a *term* is a word or phrase, English or Korean, and is
true of a set of concepts ("dog" of dog, dog-face and poodle; "pilot" of all three pilots).
"""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

TRAIN_SETS = ("noto", "noto-v1", "fxemoji", "fluent-emoji", "fluent-emoji-flat")
HELD_OUT_SETS = ("twemoji", "openmoji", "emojione")
TONES = ("", "light", "medium-light", "medium", "medium-dark", "dark")
LANGUAGES = ("en", "ko")
LISTS = Path(__file__).parent / "lists"

SKIPPED_NAMES = re.compile(
    r"family-|couple-with-heart-|kiss-|people-holding|.*-holding-hands|japanese-.*-button|.*-tone\d|digit-|letter-"
    r"|men-|women-|.*-wrestling|.*-with-bunny-ears|.*facing-right|.*skin-tone.*skin-tone"
)
TONED_NAME = re.compile(r"(.*?)-(medium-dark|medium-light|medium|dark|light)-skin-tone(?:-(.+))?$")
BARE_TONED_NAME = re.compile(r"(.*?)-(medium-dark|medium-light|medium|dark|light)$")
RENAMED = {"phoenix-bird": "phoenix", "piata": "pinata"}
WOMEN = {"woman", "girl", "old-woman"}
MEN = {"man", "boy", "old-man"}

MAX_CONCEPTS_OF_KEYWORD = 80
# A keyword that is the name of something else ("cheese" of pizza) misleads, unless it is a kind of thing ("bird").
# Dropped are those that are rude, or about the code point rather than the picture.
KEYWORDS: dict[str, list[str]] = json.loads((LISTS / "keywords.json").read_text())


def kebab(name: str) -> str:
    """'man’s shoe' -> 'mans-shoe', as the icon packages spell it."""
    plain = re.sub(r"[’']", "", name.lower()).replace("ñ", "n")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def parse_name(name: str, names: set[str]) -> tuple[str, int] | None:
    """File name -> (concept, index into TONES); None for what is left out (families, letters, mirrored people)."""
    if SKIPPED_NAMES.match(name):
        return None
    tone = 0
    if match := TONED_NAME.match(name):
        name = "-".join(part for part in (match[1], match[3]) if part)
        tone = TONES.index(match[2])
    elif (match := BARE_TONED_NAME.match(name)) and {match[1], match[1] + "-medium-dark"} <= names:
        name, tone = match[1], TONES.index(match[2])
    name = name.replace("blonde", "blond")
    return RENAMED.get(name, name), tone


@dataclass(frozen=True)
class Drawing:
    """One emoji in one style: row `row` of the set's bitmap file."""

    style: str
    row: int
    concept: int
    tone: int


@dataclass
class Words:
    """Terms of one concept in one language: `names` are what people say, `keywords` are looser."""

    names: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)


class Concepts:
    """The concepts, their drawings and their terms, read from the folder that rasterise.mjs wrote."""

    def __init__(self, work: Path):
        self.work = work
        wanted = json.loads((LISTS / "concepts.json").read_text())
        style_names = {style: json.loads((work / f"{style}.json").read_text()) for style in TRAIN_SETS + HELD_OUT_SETS}
        parsed = [
            (style, row, *result)
            for style in style_names
            for row, result in enumerate(self._parse_style(style, style_names))
            if result
        ]
        drawn = {concept for style, _, concept, _ in parsed if style in TRAIN_SETS and style != "fxemoji"}
        self.names: list[str] = sorted(set(wanted) & drawn)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.drawings = [
            Drawing(style, row, self.index[concept], tone)
            for style, row, concept, tone in parsed
            if concept in self.index
        ]
        self.words = {language: self._words(language) for language in LANGUAGES}

    @staticmethod
    def _parse_style(style: str, style_names: dict[str, list[str]]) -> list[tuple[str, int] | None]:
        names = style_names[style]
        results = [parse_name(name, set(names)) for name in names]
        if style != "fxemoji":
            return results
        # fxemoji writes names without hyphens; the other sets tell where they belong.
        spelled = {name.replace("-", ""): name for name in style_names["noto"] + style_names["twemoji"]}
        return [
            (spelled[r[0].replace("-", "")], r[1]) if r and r[0].replace("-", "") in spelled else None for r in results
        ]

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def toned(self) -> set[int]:
        """Concepts drawn in several skin tones."""
        return {d.concept for d in self.drawings if d.tone}

    def emphasis(self, concept: int) -> float:
        """How often the concept is drawn in training, over its usual frequency."""
        return 1

    @cached_property
    def gender(self) -> list[str]:
        """'woman', 'man' or '' for each concept."""

        def of(name: str) -> str:
            if name in WOMEN or (name.startswith("woman-") and self.neutral_name(name)):
                return "woman"
            return "man" if name in MEN or (name.startswith("man-") and self.neutral_name(name)) else ""

        return [of(name) for name in self.names]

    def neutral_name(self, name: str) -> str | None:
        """'woman-pilot' -> 'pilot' and 'man-running' -> 'person-running', where another version of it exists."""
        match = re.match(r"(woman|man)-(.+)$", name)
        if not match:
            return None
        job = match[2]
        if job in self.index:
            return job
        return "person-" + job if "person-" + job in self.index else None

    @cached_property
    def base(self) -> list[int]:
        """Concepts without the woman and man versions of a neutral one."""
        return [i for i, name in enumerate(self.names) if not self.neutral_name(name)]

    def by_style(self, style: str) -> dict[tuple[int, int], int]:
        """(concept, tone) -> row of the bitmap file of `style`; the first drawing wins."""
        rows: dict[tuple[int, int], int] = {}
        for d in self.drawings:
            if d.style == style:
                rows.setdefault((d.concept, d.tone), d.row)
        return rows

    def _words(self, language: str) -> list[Words]:
        """CLDR's names and keywords, and this folder's synonyms, without keywords that name something else."""
        cldr = {
            kebab(name): entry[language] for name, entry in json.loads((self.work / "names.json").read_text()).items()
        }
        synonyms = json.loads((LISTS / "synonyms.json").read_text())
        words = []
        for name in self.names:
            own = cldr.get(name, [])
            neutral = self.neutral_name(name)
            title = [name.replace("-", " ")] if language == "en" else own[:1]
            shared = cldr.get(neutral, [])[:1] if neutral and language == "ko" else []
            shared += [neutral.replace("-", " ")] if neutral and language == "en" else []
            extra = [s for c in (name, neutral) if c in synonyms for s in synonyms[c][language] if s]
            names = dict.fromkeys(t.lower() for t in title + extra + shared)
            words.append(Words(list(names), [k.lower() for k in dict.fromkeys(own[1:]) if self._usable(k, language)]))
        primary = {name for w in words for name in w.names}
        for w in words:
            own_name = " ".join(w.names)
            w.keywords = [
                k
                for k in w.keywords
                if k not in w.names and (k not in primary or k in KEYWORDS["kinds"] or k in own_name)
            ]
        return words

    @staticmethod
    def _usable(keyword: str, language: str) -> bool:
        pattern = r"[a-zA-Z0-9 \-]+" if language == "en" else r"[가-힣A-Za-z0-9 ]+"
        return (
            keyword not in KEYWORDS["dropped"]
            and bool(re.fullmatch(pattern, keyword))
            and len(keyword.split()) <= 2
            and (language == "ko" or len(keyword) > 1)
        )

    @cached_property
    def terms(self) -> dict[str, frozenset[int]]:
        """Term -> the concepts it is true of. Vague keywords, true of very many, are left out."""
        true_of: dict[str, set[int]] = {}
        named: set[str] = set()
        for language in LANGUAGES:
            for concept, words in enumerate(self.words[language]):
                named.update(words.names)
                for term in words.names + words.keywords:
                    true_of.setdefault(term, set()).add(concept)
        women = {i for i, g in enumerate(self.gender) if g == "woman"}
        men = {i for i, g in enumerate(self.gender) if g == "man"}
        people = (self.toned | women | men) - {self.index["thumbs-up"]}
        for group, group_terms in (
            (women, ("woman", "여자", "여성")),
            (men, ("man", "남자", "남성")),
            (people, ("person", "사람")),
        ):
            for term in group_terms:
                true_of[term] = true_of.get(term, set()) | group
                named.add(term)
        return {
            term: frozenset(ids)
            for term, ids in sorted(true_of.items())
            if term in named or len(ids) <= MAX_CONCEPTS_OF_KEYWORD
        }
