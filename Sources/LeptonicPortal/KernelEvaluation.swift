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
}
