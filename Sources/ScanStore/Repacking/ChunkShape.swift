/// How a variable is cut into chunks that are compressed one by one: the last axes whole, as many steps as fit of the
/// axis before them, and single steps of the first axes. So a chunk is a stretch of the variable in its order.
struct ChunkShape: Hashable {
  /// Elements of a chunk at most: 256 KiB of doubles, well within the chunk cache of libhdf5.
  static let mostElements = 1 << 15

  let sizes: [Int]
  private let shape: [Int]
  /// The axis that is cut.
  private let axis: Int

  init(of shape: [Int]) {
    self.shape = shape
    var sizes = shape.map { _ in 1 }
    var room = ChunkShape.mostElements
    var axis = shape.count - 1
    while axis > 0, shape[axis] <= room {
      sizes[axis] = shape[axis]
      room /= shape[axis]
      axis -= 1
    }
    if !shape.isEmpty { sizes[axis] = max(1, min(room, shape[axis])) }
    self.sizes = sizes
    self.axis = max(0, axis)
  }

  /// The first element of every chunk, by its place along each axis.
  var starts: [[Int]] {
    let counts = zip(shape, sizes).map { ($0 + $1 - 1) / $1 }
    return (0..<counts.reduce(1, *)).map { index in
      var rest = index
      var start = shape.map { _ in 0 }
      for k in shape.indices.reversed() {
        start[k] = rest % counts[k] * sizes[k]
        rest /= counts[k]
      }
      return start
    }
  }

  /// Boxes of whole chunks that together are the variable, each of at most `elements` elements or one chunk.
  func boxes(ofAtMost elements: Int) -> [Hyperslab] {
    if shape.isEmpty { return [Hyperslab(all: [])] }
    let inner = sizes[(axis + 1)...].reduce(1, *)
    let step = max(1, elements / (inner * sizes[axis])) * sizes[axis]
    let outer = shape[..<axis].reduce(1, *)
    return (0..<outer).flatMap { index -> [Hyperslab] in
      var rest = index
      var start = shape.map { _ in 0 }
      for k in (0..<axis).reversed() {
        start[k] = rest % shape[k]
        rest /= shape[k]
      }
      return stride(from: 0, to: shape[axis], by: step).map { first in
        var box = Hyperslab(start: start, count: sizes)
        box.start[axis] = first
        box.count[axis] = min(step, shape[axis] - first)
        return box
      }
    }
  }
}
