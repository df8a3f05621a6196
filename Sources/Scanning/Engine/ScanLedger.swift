import ComputeDevices
import Synchronization

/// Which points of a plan are still to be evaluated, and which device delivered the others: what a device delivered is
/// taken back, in all passes, when it is found to compute wrongly.
final class ScanLedger: Sendable {
  private struct State {
    var missing: [RangeSet<Int>]
    /// By selector, then by pass.
    var delivered: [String: [Int: RangeSet<Int>]] = [:]
  }

  private let state: Mutex<State>

  init(_ work: ScanWork) { state = Mutex(State(missing: work.missing)) }

  /// The first pass with points to be evaluated, and these; nil when nothing is missing.
  var next: (pass: Int, points: RangeSet<Int>)? {
    state.withLock { state in
      state.missing.firstIndex { !$0.isEmpty }.map { ($0, state.missing[$0]) }
    }
  }

  /// Points of a pass are stored, each by the device that delivered it.
  func finish(_ points: RangeSet<Int>, ofPass pass: Int, by delivered: [String: RangeSet<Int>]) {
    state.withLock { state in
      state.missing[pass].subtract(points)
      for (selector, points) in delivered {
        state.delivered[selector, default: [:]][pass, default: RangeSet()].formUnion(points)
      }
    }
  }

  /// Everything that a device delivered is missing again.
  /// - Returns: these points, with the number of their pass.
  func takeBack(from selector: String) -> [(pass: Int, points: RangeSet<Int>)] {
    state.withLock { state in
      let delivered = state.delivered.removeValue(forKey: selector) ?? [:]
      for (pass, points) in delivered { state.missing[pass].formUnion(points) }
      return delivered.map { ($0, $1) }
    }
  }
}
