import PortalKernels

extension Kernel {
  /// The kernel at one point on this machine's CPU; the same bits as in a scan.
  ///
  /// - Parameter inputs: ``inputCount`` numbers. Only for kernels without run-time data.
  public func evaluate(at inputs: Double...) -> [Double] {
    precondition(inputs.count == inputCount, "\(name) takes \(inputCount) inputs")
    var outputs = [Double](repeating: 0, count: outputCount)
    inputs.withUnsafeBufferPointer { source in
      outputs.withUnsafeMutableBufferPointer { destination in
        let sources = source.indices.map { k in source.baseAddress.map { $0 + k } }
        let destinations = destination.indices.map { k in destination.baseAddress.map { $0 + k } }
        portal_evaluate(portal_isa_best(), rawValue, 1, sources, destinations, nil)
      }
    }
    return outputs
  }

  /// The kernel at many points on one thread; the same bits as in a scan.
  ///
  /// - Parameters:
  ///   - columns: ``inputCount`` columns of one length.
  ///   - auxiliary: the run-time data of kernels that need it.
  public func evaluate(columns: [[Double]], auxiliary: [Double] = []) -> [[Double]] {
    let count = columns.first?.count ?? 0
    precondition(
      columns.count == inputCount && columns.allSatisfy { $0.count == count }, "\(name) takes \(inputCount) columns")
    let sources = columns.flatMap(\.self)
    var results = [Double](repeating: 0, count: outputCount * count)
    sources.withUnsafeBufferPointer { source in
      results.withUnsafeMutableBufferPointer { result in
        let inputs = (0..<inputCount).map { k in source.baseAddress.map { $0 + k * count } }
        let outputs = (0..<outputCount).map { k in result.baseAddress.map { $0 + k * count } }
        auxiliary.withUnsafeBufferPointer {
          portal_evaluate(portal_isa_best(), rawValue, count, inputs, outputs, $0.baseAddress)
        }
      }
    }
    return (0..<outputCount).map { Array(results[$0 * count..<($0 + 1) * count]) }
  }
}
