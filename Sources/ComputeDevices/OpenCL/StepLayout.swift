/// Describes one step to entry.cl: where each operand lies. The words are documented there.
struct StepLayout {
  let words: [UInt64]

  /// - Parameters:
  ///   - tableOffsets: where each table begins in the buffer of all tables.
  ///   - streamCapacity: values between the beginnings of two streams.
  init(_ step: Program.Step, shape: [Int], tableOffsets: [Int], streamCapacity: Int) {
    let kept = Self.mergedDimensions(of: step, shape: shape)
    var words = Self.padded(kept.map(\.size), with: 1)
    words.append(UInt64(step.auxiliary.map { tableOffsets[$0] } ?? 0))
    for input in step.inputs {
      switch input {
      case .stream(let stream):
        words += [1, UInt64(stream * streamCapacity), 0, 0, 0, 0]
      case .index:
        words += [2, 0, 0, 0, 0, 0]
      case .table(let table, let strides):
        words += [0, UInt64(tableOffsets[table])] + Self.padded(kept.map { strides[$0.dimension] }, with: 0)
      }
    }
    words += step.outputs.map { UInt64($0 * streamCapacity) }
    self.words = words
  }

  private static func padded(_ values: [Int], with filler: UInt64) -> [UInt64] {
    Array(repeating: filler, count: Program.mostDimensions - values.count) + values.map(UInt64.init)
  }

  /// Neighbouring dimensions along which every table is walked as one are merged: fewer divisions per point. A merged
  /// dimension has the stride of its innermost member.
  private static func mergedDimensions(of step: Program.Step, shape: [Int]) -> [(dimension: Int, size: Int)] {
    let strides: [[Int]] = step.inputs.compactMap { if case .table(_, let strides) = $0 { strides } else { nil } }
    var kept: [(dimension: Int, size: Int)] = []
    for k in shape.indices where shape[k] != 1 {
      if let last = kept.last, strides.allSatisfy({ $0[last.dimension] == $0[k] * shape[k] }) {
        kept[kept.count - 1] = (k, last.size * shape[k])
      } else {
        kept.append((k, shape[k]))
      }
    }
    return kept
  }
}
