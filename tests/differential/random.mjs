// Numbers that a text decides: the same seed, the same numbers, on every machine.

/** A generator whose numbers follow from `seed`, any text. */
export function randomOf(seed) {
  let state = 2166136261
  for (const character of String(seed)) {
    state = Math.imul(state ^ character.codePointAt(0), 16777619) // FNV-1a
  }
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  next()

  const int = (low, high) => low + Math.floor(next() * (high - low + 1)) // both ends belong
  const chance = (share) => next() < share
  const pick = (list) => list[int(0, list.length - 1)]
  const shuffle = (list) => {
    const left = [...list]
    const mixed = []
    while (left.length > 0) mixed.push(left.splice(int(0, left.length - 1), 1)[0])
    return mixed
  }
  /** Some of them, at least `low` and at most `high`, each once. */
  const some = (list, low, high) => shuffle(list).slice(0, int(Math.min(low, list.length), Math.min(high, list.length)))
  /** `{weight: value}` pairs as [[weight, value], …]. */
  const weighted = (choices) => {
    let at = next() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, value] of choices) {
      at -= weight
      if (at < 0) return value
    }
    return choices[choices.length - 1][1]
  }
  const times = (low, high, make) => Array.from({ length: int(low, high) }, (_, index) => make(index))
  return { next, int, chance, pick, shuffle, some, weighted, times }
}
