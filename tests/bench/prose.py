"""Made-up prose without calculations, as most of a long text is: with years, counts, and names that have digits."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

NAMES = (
    "GPT-3|BERT-large|Llama 2|PaLM|AlexNet|ResNet-50|AlphaGo Zero|T5|ViT-B/16|Gemma 2B|Chinchilla|Mixtral 8x7B".split(
        "|"
    )
)
DEVICES = "V100|A100|H100|TPU v3|TPU v4|RTX 3090|GTX 580|K80".split("|")
PEOPLE = "Okafor|Lindqvist|Moreau|Tanaka|Silva|Novak|Haddad|Brennan|Ivanova|Castellanos".split("|")
PLACES = "Uppsala|Nairobi|Lyon|Osaka|Recife|Brno|Amman|Galway|Kazan|Quito".split("|")
THINGS = "papers|pages|readers|interviews|letters|machines|models|pictures|questions|students".split("|")
ADJECTIVES = "careful|short|unfinished|generous|plain|hurried|patient|curious|stubborn|quiet".split("|")
VERBS = "described|compared|dismissed|praised|repeated|summarized|questioned|translated|published|archived".split("|")

TEMPLATES = (
    "In {year}, {person} {verb} a {adjective} account of {name}, and few {things} in {place} paid attention.",
    "The {things} from {place} arrived in {month} {year}; about {count} of them were never opened.",
    "{person} and {other} had met {name} first as a rumour, then as a {adjective} talk of {minutes} minutes.",
    "Nobody could say why {name} did so well, although {person} had {verb} it twice (see section {section}).",
    "Of the {count} {things} in the archive, most are {adjective} and none is older than {year}.",
    "Between {year} and {later}, the group in {place} kept a {device} under a desk and a {adjective} log beside it.",
    'When asked, {person} said: "We had {few} {things}, one {device}, and no plan at all."',
    "What {name} learned is a {adjective} question, and {person} {verb} it at length in chapter {section}.",
    "A {device} has more memory than {person} needed, but the shop in {place} sold nothing smaller.",
    "The second edition ({year}) adds {few} {things}, an index and a {adjective} preface by {other}.",
    "There is little doubt that {name} changed the field; there is some doubt that {place} noticed.",
    "{other} disagrees: the {things} were {adjective}, the weather in {place} was worse, and {name} was late.",
    "For a while the {adjective} view won, which {person} {verb} in the {year} report on page {page}.",
    "Readers who know {name} may skip to part {section}, and those who do not may start with the {things}.",
    "It took {few} weeks, {count} e-mails and the help of {other} before anybody {verb} the results.",
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December".split("|")


def sentence(dice: Random) -> str:
    """One sentence."""
    return dice.choice(TEMPLATES).format(
        year=dice.randint(1950, 2024),
        later=dice.randint(2025, 2060),
        month=dice.choice(MONTHS),
        person=dice.choice(PEOPLE),
        other=dice.choice(PEOPLE),
        name=dice.choice(NAMES),
        device=dice.choice(DEVICES),
        place=dice.choice(PLACES),
        things=dice.choice(THINGS),
        adjective=dice.choice(ADJECTIVES),
        verb=dice.choice(VERBS),
        count=f"{dice.randint(100, 90_000):,}",
        minutes=dice.randint(5, 90),
        few=dice.choice(("two", "three", "seven", "12", "40")),
        section=f"{dice.randint(1, 9)}.{dice.randint(1, 9)}",
        page=dice.randint(10, 400),
    )


def prose(characters: int, seed: int = 1) -> str:
    """Paragraphs of sentences, about so many characters."""
    dice, size, paragraphs = Random(seed), 0, []
    for paragraph in _paragraphs(dice):
        paragraphs.append(paragraph)
        size += len(paragraph) + 2
        if size >= characters:
            break
    return "\n\n".join(paragraphs)


def _paragraphs(dice: Random) -> Iterator[str]:
    while True:
        yield " ".join(sentence(dice) for _ in range(dice.randint(3, 9)))
