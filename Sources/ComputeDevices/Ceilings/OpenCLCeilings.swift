extension OpenCLDevice: MeasurableDevice {
  /// From the device's own clock.
  public func measureCeilings(repeats: Int) throws -> DeviceCeilings {
    let queue = try OpenCLQueue(context: try context())
    let bandwidth = try triadRate(repeats, queue)
    if description.sharesHostMemory {
      return DeviceCeilings(multiplyAdd: try bestMultiplyAddRate(repeats, queue), bandwidth: bandwidth)
    }
    let copies = try copyRates(repeats, queue)
    return DeviceCeilings(
      multiplyAdd: try bestMultiplyAddRate(repeats, queue), bandwidth: bandwidth, hostToDevice: copies.toDevice,
      deviceToHost: copies.toHost)
  }

  /// A GPU works on one double per work item; how many a CPU's compiler needs to fill its vectors is tried.
  private func bestMultiplyAddRate(_ repeats: Int, _ queue: OpenCLQueue) throws -> RateMeasurement {
    let widths = description.kind == .gpu ? [1] : [1, 2, 4, 8]
    let rates = try widths.map { try multiplyAddRate(repeats, queue, lanes: $0) }
    return rates.max { $0.median < $1.median } ?? RateMeasurement([])
  }

  private func multiplyAddRate(_ repeats: Int, _ queue: OpenCLQueue, lanes: Int) throws -> RateMeasurement {
    let kernel = try OpenCLKernel(program: build(.ceilings(lanes: lanes), in: queue.context), name: "multiply_adds")
    let items = description.computeUnits * (description.kind == .gpu ? 2048 : kernel.workGroupSize)
    let out = try OpenCLBuffer(context: queue.context, byteCount: (items + kernel.workGroupSize) * 8)
    func seconds(_ steps: Int) throws -> Double {
      try kernel.set(.word(UInt64(steps)), .buffer(out))
      let event = try queue.run(kernel, workItems: items)
      try event.wait()
      return withExtendedLifetime(out) { event.seconds }
    }
    var steps = 1 << 8
    while try seconds(steps) < 0.01, steps < 1 << 24 { steps *= 2 }
    let operations = 2.0 * Double(items) * Double(12 * lanes) * Double(steps)
    return RateMeasurement(try (0..<repeats).map { _ in operations / (try seconds(steps)) })
  }

  /// Three arrays of up to 256 MiB, more than the cache of any GPU.
  private func triadRate(_ repeats: Int, _ queue: OpenCLQueue) throws -> RateMeasurement {
    let most = description.kind == .gpu ? 256 << 20 : 64 << 20
    let byteCount = min(most, description.largestAllocation, description.memory / 8) / 8 * 8
    let kernel = try OpenCLKernel(program: build(.ceilings(lanes: 1), in: queue.context), name: "triad")
    let arrays = try (0..<3).map { _ in try OpenCLBuffer(context: queue.context, byteCount: byteCount) }
    let ones = [Double](repeating: 1, count: byteCount / 8)
    for array in arrays { try ones.withUnsafeBytes { try queue.write($0, to: array) } }
    try kernel.set(.word(UInt64(byteCount / 8)), .buffer(arrays[0]), .buffer(arrays[1]), .buffer(arrays[2]))
    let rates = try (0...repeats).map { _ in
      let event = try queue.run(kernel, workItems: byteCount / 8)
      try event.wait()
      return 3 * Double(byteCount) / event.seconds
    }
    // A kernel does not keep its arguments alive.
    return withExtendedLifetime(arrays) { RateMeasurement(Array(rates.dropFirst())) }
  }

  /// 64 MiB through pinned memory.
  private func copyRates(
    _ repeats: Int, _ queue: OpenCLQueue
  ) throws -> (toDevice: RateMeasurement, toHost: RateMeasurement) {
    let byteCount = min(64 << 20, description.largestAllocation)
    let staging = try OpenCLStaging(queue: queue, byteCount: byteCount)
    let buffer = try OpenCLBuffer(context: queue.context, byteCount: byteCount)
    var rates: (toDevice: [Double], toHost: [Double]) = ([], [])
    for _ in 0...repeats {
      let bytes = UnsafeRawBufferPointer(start: staging.pointer, count: byteCount)
      guard let written = try queue.timedWrite(bytes, to: buffer) else { continue }
      rates.toDevice.append(Double(byteCount) / written.seconds)
      let read = try queue.read(buffer, byteCount: byteCount, into: staging.pointer, after: written)
      try read.wait()
      rates.toHost.append(Double(byteCount) / read.seconds)
    }
    return (RateMeasurement(Array(rates.toDevice.dropFirst())), RateMeasurement(Array(rates.toHost.dropFirst())))
  }
}
