// Seconds that zhlint and AutoCorrect take on the text of a file: one line of JSON for each that is installed.
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')

async function timed(name, load) {
  try {
    const run = await load()
    run(text.slice(0, 2000))
    const begun = process.hrtime.bigint()
    run(text)
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9
    console.log(JSON.stringify({ name, seconds }))
  } catch (error) {
    console.log(JSON.stringify({ name, error: String(error).slice(0, 200) }))
  }
}

await timed('autocorrect-node lintFor', async () => {
  const module = await import('autocorrect-node')
  const autocorrect = module.default ?? module
  return (words) => autocorrect.lintFor(words, 'a.txt')
})

await timed('zhlint run', async () => {
  const module = await import('zhlint')
  const run = module.run ?? module.default.run
  return (words) => run(words, { rules: { preset: 'default' } })
})
