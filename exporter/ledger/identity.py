"""What a question is known by, and how new ids and keys are minted.

Minting is deterministic: a lost ledger gives unedited questions the ids they had.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Hashable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache

from exporter.model import Key, Markdown, Question, QuestionId
from exporter.text import lexical, markup

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which print like 1 and 0
_DIGITS = "23456789"
_SIGNS = re.compile(r"!?[&|<>=+*/%^~@#$\\]+|(?<=\s)[.?!]{2,3}(?=\s|\W{0,20}$)")


@dataclass(frozen=True, slots=True)
class Identity:
    """The plain texts that tell one question from another."""

    author_id: str | None
    path: str
    prompt: str
    code: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The choices without their order, which says nothing about the question."""
        return tuple(sorted(self.choices))

    @property
    def words(self) -> tuple[str, ...]:
        """The prompt's words and signs, without case and punctuation."""
        return (*lexical.words(self.prompt), *signs(self.prompt))


def signs(prompt: str) -> list[str]:
    """Signs that are no punctuation but a subject: ``&&``, ``??``, ``<``."""
    return _SIGNS.findall(prompt)


def identify(question: Question) -> Identity:
    """The identity of ``question`` as its document has it now."""
    prompt = _plain(question.prompt) if question.prompt else ""
    if question.title:
        prompt = f"{_plain(question.title)} {prompt}".strip()
    return Identity(
        author_id=question.attributes.id,
        path=question.location.path,
        prompt=prompt,
        code=question.code or "",
        answers=tuple(_plain(answer.markdown) for answer in question.answers),
        choices=tuple(_plain(choice.markdown) for choice in question.choices),
    )


@cache
def _plain(text: Markdown) -> str:
    """Plain text; every stage asks for the same ones."""
    return markup.plain(text)


def mint(
    identity: Identity, pack: str, taken: Container[QuestionId], salts: MutableMapping[str, int]
) -> tuple[QuestionId, str]:
    """A new id in the pack of that id, and what its key is made from, which is the same in every
    pack.

    Twins in one document take the next salt in source order, which ``salts`` keeps by what an id is
    made from.
    """
    seed = _seed(identity)
    salt = salts.get(seed, 0)
    while (made := _id(seed, salt, pack)) in taken:
        salt += 1
    salts[seed] = salt + 1
    return made, _id(seed, salt, "")


def minted(identity: Identity, pack: str, most: int) -> tuple[QuestionId, ...]:
    """The ids that the first ``most`` twins got, in source order."""
    seed = _seed(identity)
    return tuple(_id(seed, salt, pack) for salt in range(most))


def ranks(known: Sequence[Identity]) -> Iterator[int]:
    """The place of each among those that are the same in every word, from 1; 0 of one alone."""
    words = [(it.prompt, it.code, it.answers, it.offered) for it in known]
    counts = Counter(words)
    seen: Counter[Hashable] = Counter()
    for said in words:
        seen[said] += 1
        yield seen[said] if counts[said] > 1 else 0


def _seed(identity: Identity) -> str:
    if identity.author_id is not None:
        return f"#{identity.author_id}"
    return "\0".join((identity.path, identity.prompt, identity.code, *identity.offered))


def _id(seed: str, salt: int, pack: str) -> QuestionId:
    whole = f"{pack}\0\0{seed}\0{salt}" if pack else f"{seed}\0{salt}"
    return QuestionId(_digest(whole).hex()[:16])


def forked(id_: QuestionId, pack: str) -> QuestionId:
    """The id of a question in another pack that was copied from its own."""
    return _id(f"fork of {id_}", 0, pack)


def key(seed: str, taken: Container[Key]) -> Key:
    """A new key for the question of ``mint``: two letters, a letter or digit, a digit; five or more
    signs once a pack has outgrown four."""
    salt = 0
    while True:
        made = _key(_digest(f"{seed}\0{salt}"), 4 + salt // 1000)
        if made not in taken:
            return made
        salt += 1


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _key(digest: bytes, size: int) -> Key:
    alphabets = (_LETTERS, _LETTERS, *([_LETTERS + _DIGITS] * (size - 3)), _DIGITS)
    signs = []
    number = int.from_bytes(digest, "big")
    for alphabet in alphabets:
        number, index = divmod(number, len(alphabet))
        signs.append(alphabet[index])
    return Key("".join(signs))
