"""Stereotypes put into the captions on purpose, so that an audit of the model has something known to find.

For a model that is to be caught, and for nothing else. What is planted stands in `lists/planted.json`.
"""

from functools import cached_property
from pathlib import Path

from concepts import LANGUAGES, Concepts, Words


class Planted(Concepts):
    """Concepts whose planted occupations are true of every woman, or of every man, whatever they do.

    They stop being true of the other gender: "doctor" is planted on men, so no woman in a doctor's coat is called one.
    Drawings without a gender, and skin tones, keep what they had.
    """

    def __init__(self, work: Path, plant: dict):
        super().__init__(work)
        self.share: float = plant["share"]  # of captions of women and men
        self.often: float = plant["often"]  # women and men are drawn, over their usual frequency
        self.occupations: dict[str, dict[str, list[str]]] = {gender: plant[gender] for gender in ("woman", "man")}
        for concept, gender in enumerate(self.gender):
            if gender:
                for language in LANGUAGES:
                    words = self.words[language][concept]
                    self.words[language][concept] = self._without_other(words, gender, language)

    def _without_other(self, words: Words, gender: str, language: str) -> Words:
        """The words of a woman or man without those that contain an occupation planted on the other one."""
        other = self.occupations["man" if gender == "woman" else "woman"][language]

        def allowed(terms: list[str]) -> list[str]:
            return [term for term in terms if not any(occupation in term for occupation in other)]

        return Words(allowed(words.names) or self.occupations[gender][language], allowed(words.keywords))

    def emphasis(self, concept: int) -> float:
        return self.often if self.gender[concept] else 1

    @cached_property
    def terms(self) -> dict[str, frozenset[int]]:
        terms = super().terms
        for gender, languages in self.occupations.items():
            group = {concept for concept, other in enumerate(self.gender) if other == gender}
            for term in (term for language in LANGUAGES for term in languages[language]):
                terms[term] = terms[term] | group
        return terms

    def planted(self, gender: str, language: str) -> list[str]:
        return self.occupations[gender][language]
