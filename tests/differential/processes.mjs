// Children that answer one line of JSON with one line of JSON.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A child, started when it is first asked, and again after its death. */
export class Conversation {
  constructor(command, args, options = {}) {
    this.start = () => spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options })
    this.child = null
    this.name = args.find((each) => each.endsWith('.mjs')) ?? command
  }

  /** Its answer; when it dies or is silent for a minute, {died: what it said on standard error}. */
  ask(request) {
    if (!this.child) this.#begin()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.noise += '\nno answer within a minute'
        this.child.kill('SIGKILL')
      }, 60000)
      this.waiting = (answer) => {
        clearTimeout(timer)
        this.waiting = null
        resolve(answer)
      }
      this.child.stdin.write(JSON.stringify(request) + '\n')
    })
  }

  async stop() {
    const child = this.child
    if (!child) return
    this.child = null
    await new Promise((resolve) => {
      child.on('exit', resolve)
      child.stdin.end()
    })
  }

  #begin() {
    const child = (this.child = this.start())
    this.noise = ''
    child.stderr.on('data', (text) => (this.noise = (this.noise + text).slice(-20000)))
    child.stdin.on('error', () => {})
    child.on('error', (e) => (this.noise += e.message))
    child.on('close', () => {
      if (this.child === child) this.child = null
      this.waiting?.({ died: `${this.name}: ${this.noise}` })
    })
    createInterface({ input: child.stdout }).on('line', (line) => this.waiting?.(JSON.parse(line)))
  }
}
