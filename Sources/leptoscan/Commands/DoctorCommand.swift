import ArgumentParser
import ComputeDevices
import Foundation
import ScanStore

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check this machine: instruction set, OpenCL drivers, HDF5, and what to do about what is missing.",
    discussion: """
      leptoscan always runs on all cores; what is said of OpenCL matters for GPUs. The exit code is 0 also where OpenCL \
      is missing.
      """)

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let catalog = DeviceCatalog()
    let diagnosis = OpenCLDiagnosis(catalog: catalog)
    let report = Report(
      leptoscan: leptoscanVersion, processor: catalog.native.identity.name, threads: catalog.native.threads,
      instructionSets: NativeDevice.InstructionSet.available.map(\.description),
      openCLUsable: diagnosis.isUsable, openCL: diagnosis.findings.map { "\($0)" }, hdf5: ScanFile.libraryVersion)
    print(json ? try JSON.text(report) : report.text)
  }

  struct Report: Encodable {
    var leptoscan: String
    var processor: String
    var threads: Int
    var instructionSets: [String]
    var openCLUsable: Bool
    var openCL: [String]
    var hdf5: String

    enum CodingKeys: String, CodingKey {
      case leptoscan, processor, threads, hdf5
      case instructionSets = "instruction_sets"
      case openCLUsable = "opencl_usable"
      case openCL = "opencl"
    }

    var text: String {
      var table = TextTable()
      table.add("leptoscan", leptoscan)
      table.add("processor", "\(processor), \(threads) threads")
      table.add("instruction sets", instructionSets.joined(separator: ", ") + " (the last one is used)")
      table.add("HDF5", hdf5)
      for (index, finding) in openCL.enumerated() { table.add(index == 0 ? "OpenCL" : "", finding) }
      return table.text
    }
  }
}
