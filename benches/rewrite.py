"""Files that benches/quality.sh measures on and that no corpus has: English alone, generated reviews beside truthful ones, and
fakes rewritten as an astroturfer would rewrite them. Standard library only; the same input gives the same files.

    rewrite.py english MAIDE_UP -o FILE
    rewrite.py beside-truthful OTT OP_SPAM_AI -o FILE
    rewrite.py attacks OTT OP_SPAM_AI --lexicons FOLDER -o FOLDER
"""

import argparse
import csv
import json
import pathlib
import random
import re

SEED = 1
COLUMNS = ["review_id", "property_id", "text", "polarity", "fold", "label"]

# Sentences of our own. What an astroturfer adds so that praise looks balanced, and an attack fair.
MINOR_COMPLAINTS = [
    "My only complaint is that the coffee in the room was a bit weak.",
    "The one small downside was a slow elevator in the morning.",
    "Parking was a little pricey, but that is no big deal.",
    "If I had to find a fault, the pillows were slightly too soft.",
    "The only minor issue was some noise from the hallway on the first night.",
    "The Wi-Fi was a touch slow, though it hardly mattered.",
]
FAINT_PRAISE = [
    "To be fair, the location was fine.",
    "The only nice thing was that the lobby looked clean.",
    "I will admit that the bed was comfortable enough.",
    "On the plus side, check-out was quick.",
    "The view from the window was pleasant, I will give them that.",
    "At least the doorman was friendly.",
]
DETAILS = [
    "We were in room {room} on the {floor}th floor and paid ${price} a night.",
    "Our room ({room}) was ${price} per night before tax.",
    "We stayed {nights} nights in room {room}, at ${price} a night.",
    "The rate was ${price} for room {room}, about {minutes} minutes on foot from the train.",
]
EDITS = [
    (r"\bi\b", "I"), (r"\bdont\b", "don't"), (r"\bdidnt\b", "didn't"), (r"\bcant\b", "can't"), (r"\bwasnt\b", "wasn't"),
    (r"\bwouldnt\b", "wouldn't"), (r"\bcouldnt\b", "couldn't"), (r"\bisnt\b", "isn't"), (r"\bim\b", "I'm"),
    (r"\bive\b", "I've"), (r"\balot\b", "a lot"), (r"\bdefinately\b", "definitely"), (r"\brecieved\b", "received"),
    (r"\bseperate\b", "separate"), (r"\baccomodat", "accommodat"), (r"\bbeautifull\b", "beautiful"), (r"\bwich\b", "which"),
    (r"\bteh\b", "the"), (r"\buntill\b", "until"), (r"\bexcelent\b", "excellent"), (r"\bcomfortible\b", "comfortable"),
    (r"\btommorow\b", "tomorrow"), (r"\btheyre\b", "they're"), (r"\brestaraunt", "restaurant"), (r"!{2,}", "!"),
    (r"\.{2,}", "."), (r"\?{2,}", "?"), (r"\s+([,.;:!?])", r"\1"), (r"([,;:!?])(?=[A-Za-z])", r"\1 "),
    (r"\.(?=[A-Z][a-z])", ". "), (r" {2,}", " "),
]


def sentences(text):
    return re.split(r"(?<=[.!?])\s+", text)


def with_sentence(text, sentence, rng):
    """The sentence stands after the first and before the last, where there are three."""
    parts = sentences(text)
    at = rng.randrange(1, len(parts)) if len(parts) > 1 else 1
    return " ".join(parts[:at] + [sentence] + parts[at:])


def minor_complaint(row, rng, _):
    pool = MINOR_COMPLAINTS if row["polarity"] == "positive" else FAINT_PRAISE
    return with_sentence(row["text"], rng.choice(pool), rng)


def room_and_price(row, rng, _):
    sentence = rng.choice(DETAILS).format(
        room=rng.randrange(4, 20) * 100 + rng.randrange(1, 40), floor=rng.randrange(4, 20), price=rng.randrange(119, 329),
        nights=rng.randrange(2, 5), minutes=rng.randrange(3, 15))
    return with_sentence(row["text"], sentence, rng)


def brochure_removed(row, _, lexicons):
    text = lexicons["brochure"].sub("", row["text"])
    return tidy(text) or row["text"]


def typos_added(row, rng, _):
    """One word in twenty of five letters and more loses a letter, doubles one or has two swapped."""
    def misspelt(match):
        word = match.group()
        if rng.random() >= 0.05:
            return word
        at = rng.randrange(1, len(word) - 2)
        return rng.choice([
            word[:at] + word[at + 1:],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2:],
        ])
    return re.sub(r"[A-Za-z]{5,}", misspelt, row["text"])


def typos_removed(row, _, __):
    text = row["text"]
    for wrong, right in EDITS:
        text = re.sub(wrong, right, text, flags=0 if right == "I" or "[A-Z]" in wrong else re.IGNORECASE)
    return " ".join(part[:1].upper() + part[1:] for part in sentences(text))


def sentences_split(row, _, __):
    """Every "and" that joins two long halves becomes a full stop."""
    def split(sentence):
        match = re.search(r"^(.{25,}?),? and (.{25,})$", sentence)
        if not match:
            return sentence
        first, second = match.groups()
        return f"{first}. {second[:1].upper()}{second[1:]}"
    return " ".join(split(sentence) for sentence in sentences(row["text"]))


def all_together(row, rng, lexicons):
    row = dict(row)
    for attack in (brochure_removed, typos_removed, sentences_split, room_and_price, minor_complaint):
        row["text"] = attack(row, rng, lexicons)
    return row["text"]


ATTACKS = [minor_complaint, room_and_price, brochure_removed, typos_added, typos_removed, sentences_split, all_together]


def tidy(text):
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    return re.sub(r"\b([Aa])n? (?=[,.;:!?])", "", text)


def lexicon(path):
    """The entries of a word list as one expression, longest first. src/text/lexicon.rs says how entries are written."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    entries = {line for line in lines if line and not line.startswith(("#", "["))}
    pattern = {"(": "(?:", ")": ")", "|": "|", " ": r"[\s-]*", "~": "(?:s|es|d|ed|ing|ly)?", "*": r"\w*", "#": r"\d+"}
    expressions = ["".join(pattern.get(c, re.escape(c)) for c in entry) for entry in entries]
    expressions.sort(key=lambda expression: (-len(expression), expression))
    return re.compile(r"\b(?:" + "|".join(expressions) + r")\b", re.IGNORECASE)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, columns=COLUMNS):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def beside_truthful(ott, generated):
    """Truthful reviews with the generated ones, in an order that says nothing."""
    rows = [row for row in ott if row["label"] == "genuine"] + generated
    random.Random(SEED).shuffle(rows)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["english", "beside-truthful", "attacks"])
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--lexicons", type=pathlib.Path)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    args = parser.parse_args()
    if args.what == "english":
        rows = read(args.corpora[0])
        write(args.output, [row for row in rows if row["language"] == "en"], list(rows[0]))
        return
    ott, generated = map(read, args.corpora)
    if args.what == "beside-truthful":
        write(args.output, beside_truthful(ott, generated))
        return
    lexicons = {"brochure": lexicon(args.lexicons / "brochure.txt")}
    changed = {}
    write(args.output / "attack_none.csv", ott)
    for attack in ATTACKS:
        rng = random.Random(f"{SEED} {attack.__name__}")
        rewritten = [{**row, "text": attack(row, rng, lexicons)} if row["label"] == "fake" else row for row in ott]
        changed[attack.__name__] = sum(old["text"] != new["text"] for old, new in zip(ott, rewritten))
        write(args.output / f"attack_{attack.__name__}.csv", rewritten)
    for generator in sorted({row["generator"] for row in generated}):
        rows = [row for row in generated if row["generator"] == generator]
        name = generator.replace("-", "_")
        changed[name] = len(rows)
        write(args.output / f"attack_{name}.csv", beside_truthful(ott, rows))
    (args.output / "attacks.json").write_text(json.dumps(changed))


if __name__ == "__main__":
    main()
