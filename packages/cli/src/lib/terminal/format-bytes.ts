const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** `1.4 MB`, in steps of 1024, as COS counts (5 GB is 5 × 1024³ bytes). */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  // Up to a thousand in any unit, so that a number has three digits and a place; bytes are exact anyway.
  while (value >= (unit === 0 ? 1024 : 999.5) && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`
}

/** `0:05`, `12:40`, `1:02:03`. @param seconds not negative */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
