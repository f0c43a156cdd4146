"""A small quiz of another field, with every way to offer choices: boxes, letters, code, two right
ones, and questions that ask in the same words."""

from pathlib import Path

QUIZ = """# Knots

## Rope

### 1. Which knot makes a loop that does not slip?

- [ ] Clove hitch
- [x] Bowline
- [ ] Slip knot

### 2. Which two knots join two ropes?

- [x] Sheet bend
- [ ] Bowline
- [x] Reef knot
- [ ] Cleat hitch

### 3. Which is true?

A) A splice is stronger than a knot, which bends the rope so that its outer fibres carry more.
B) A knot is stronger than a splice.

**Answer: A**

A splice keeps 90 % of the rope's strength.

### 4. Which is true?

A) Nylon stretches & sinks.
B) Polypropylene sinks.

**Answer: A**

## Code

### 5. What does it print?

```js
console.log([1, 2].join("-"));
```

- A: `1-2`
- B: `"12"`
- C: a `TypeError`

**Answer: A**

`join` puts the dash between them.

### 6. What does it print?

```js
console.log(rope);
let rope = 1;
```

- A: `undefined`
- B: `1`
- C: a `ReferenceError`

**Answer: C**

### 7. Which of these programs prints 0 and 1?

A)
```js
for (var i = 0; i < 2; i++) {
  setTimeout(() => console.log(i));
}
```
B)
```js
for (let i = 0; i < 2; i++) {
  setTimeout(() => console.log(i));
}
```

**Answer: B**

`let` binds anew in each round.
"""


def written(folder: Path, quiz: str = QUIZ) -> Path:
    """The quiz as a pack in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quiz.md").write_text(quiz, "utf-8")
    (folder / "pack.toml").write_text('title = "Knots"\nslug = "knots"\n', "utf-8")
    return folder
