/** 0 up to 1 for whatever it is asked about, the same each time: what is left out of a life when it is made shorter changes nothing of the rest. */
export type Chance = (...about: readonly (string | number)[]) => number

export function createChance(seed: number): Chance {
  return (...about) => {
    let hash = 2_166_136_261
    for (const unit of `${seed}|${about.join('|')}`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 16_777_619)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
  }
}
