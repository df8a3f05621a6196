/// How a range of points is cut into pieces that fit a device.
struct Pieces {
  /// Points per piece: large enough to fill the device, small enough for its memory.
  let length: Int
  /// Pieces at a time: one is copied to the host while the next one is computed.
  let slotCount: Int
  private let program: Program

  /// Bytes of results of a GPU's piece.
  private static let mostResultBytes = 32 << 20

  init(_ program: Program, on device: OpenCLDeviceDescription) {
    self.program = program
    // A CPU's streams should stay in its cache. A GPU runs hundreds of thousands of points at once (an H100 132 * 2048) and
    // needs some times that to be busy; the results of that many may be more than is worth pinning on the host.
    let forGPU = min(1 << 21, max(1 << 18, Self.mostResultBytes / program.resultBytes))
    let preferred = device.kind == .cpu ? 1 << 16 : forGPU
    let bytesPerPoint = max(1, program.streamCount) * MemoryLayout<Double>.size
    let bytesAvailable = min(device.largestAllocation, device.memory / 8)
    let fitting = min(preferred, bytesAvailable / bytesPerPoint, program.count + 63)
    length = max(64, fitting / 64 * 64)
    slotCount = program.count > length ? 2 : 1
  }

  /// Bytes of the streams of all pieces at a time.
  var streamBytes: Int { slotCount * length * program.streamCount * MemoryLayout<Double>.size }
  /// Bytes of their results.
  var resultBytes: Int { slotCount * length * program.resultBytes }
}

extension Program {
  /// Bytes of results per point, at least 1.
  fileprivate var resultBytes: Int { max(1, results.map(\.type.size).reduce(0, +)) }
}
