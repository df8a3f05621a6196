import HostResources

/// Measures how long at least one worker of a device evaluates, how long none does, and how long at least one rechecks or
/// delivers.
struct DeviceClock {
  private(set) var times = SharedExecutor.DeviceTimes()
  private var evaluators = 0
  private var recheckers = 0
  private var deliverers = 0
  private var lastChange: Double?

  mutating func beginEvaluation() {
    advance()
    evaluators += 1
  }

  mutating func endEvaluation() {
    advance()
    evaluators -= 1
  }

  mutating func beginRecheck() {
    advance()
    recheckers += 1
  }

  mutating func endRecheck() {
    advance()
    recheckers -= 1
  }

  mutating func beginDelivery() {
    advance()
    deliverers += 1
  }

  mutating func endDelivery() {
    advance()
    deliverers -= 1
  }

  private mutating func advance() {
    let now = Stopwatch.now
    let seconds = lastChange.map { now - $0 } ?? 0
    lastChange = now
    if evaluators > 0 { times.evaluating += seconds } else { times.waiting += seconds }
    if recheckers > 0 { times.rechecking += seconds }
    if deliverers > 0 { times.delivering += seconds }
  }
}
