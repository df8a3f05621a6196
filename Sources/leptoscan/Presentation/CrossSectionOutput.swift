import Foundation
import Production

/// Cross sections for a person, or as JSON.
struct CrossSectionOutput {
  let channel: ProductionChannel
  let target: String
  let method: MethodArgument
  let x, theta: Double?
  let results: [CrossSectionResult]

  func text() -> String {
    let unit = "pb per h^2"
    if results.count == 1, let result = results.first {
      var table = TextTable()
      table.add("process", "\(reaction), \(energies(result))")
      table.add("method", method.readable)
      table.add(
        quantity, result.status == .closed ? "0 \(unit) (outside phase space)" : "\(result.value.compact) \(unit)")
      if result.status != .closed {
        table.add("accuracy", "\(String(format: "%.0e", result.accuracy)) relative\(accuracyNote)")
      }
      return table.text
    }
    var table = TextTable(rightAligned: [0, 1])
    table.add("energy [GeV]", "m_phi [GeV]", "\(quantity) [\(unit)]", "relative accuracy")
    for result in results {
      table.add(
        result.energy.readable, result.mPhi.readable, result.value.compact,
        result.status == .closed ? "outside phase space" : String(format: "%.0e", result.accuracy))
    }
    return "  \(reaction), \(method.readable)\n\(table.text)"
  }

  /// One object, or an array of them for a table.
  func json() throws -> String {
    let entries = results.map { result in
      CrossSectionEntry(
        channel: channel.rawValue, target: target, method: method.rawValue, energy: result.energy, m_phi: result.mPhi,
        x: x, theta: theta, relative_accuracy: JSONNumber(result.accuracy), status: result.status.rawValue,
        sigma_pb: x == nil ? JSONNumber(result.value) : nil,
        dsigma_dx_pb: x != nil && theta == nil ? JSONNumber(result.value) : nil,
        d2sigma_dxdcostheta_pb: theta != nil ? JSONNumber(result.value) : nil)
    }
    if entries.count == 1, let entry = entries.first { return try JSON.text(entry) }
    return try JSON.text(entries)
  }

  private var quantity: String {
    if theta != nil { return "d2sigma/(dx dcos theta)" }
    return x == nil ? "sigma" : "dsigma/dx"
  }

  private var reaction: String {
    switch channel {
    case .electronToMuon: "e- \(target) -> mu- \(target) phi"
    case .muonToElectron: "mu- \(target) -> e- \(target) phi"
    }
  }

  private var accuracyNote: String { method == .mc ? " (one standard deviation)" : "" }

  private func energies(_ result: CrossSectionResult) -> String {
    var parts = ["E = \(result.energy.readable) GeV", "m_phi = \(result.mPhi.readable) GeV"]
    if let x { parts.append("x = \(x.readable)") }
    if let theta { parts.append("theta = \(theta.readable) rad") }
    return parts.joined(separator: ", ")
  }
}

/// Keys are the names of variables in output files.
private struct CrossSectionEntry: Encodable {
  var channel, target, method: String
  var energy, m_phi: Double
  var x, theta: Double?
  var relative_accuracy: JSONNumber
  var status: Int
  var sigma_pb, dsigma_dx_pb, d2sigma_dxdcostheta_pb: JSONNumber?
}

extension Double {
  /// Six significant digits: 1.87025e8.
  var compact: String {
    if self == 0 { return "0" }
    let parts = String(format: "%.5e", self).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(self)" }
    return exponent == 0 ? "\(parts[0])" : "\(parts[0])e\(exponent)"
  }
}
