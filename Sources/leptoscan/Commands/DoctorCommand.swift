import ArgumentParser
import ComputeDevices
import Foundation
import ScanStore

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check this machine: instruction set, OpenCL drivers and devices, kernel cache, HDF5.",
    discussion: """
      leptoscan always runs on all cores; what is said of OpenCL matters for GPUs. Every driver that is announced is \
      loaded, and every device compiles and runs a small kernel. What is wrong is named with what to do about it. The \
      exit code is 0 also where OpenCL is missing.

      A driver that crashes while it is loaded ends every command that looks for OpenCL devices, this one too; \
      `--device native` does not load OpenCL.
      """)

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let catalog = DriverCrash.reported { DeviceCatalog() }
    let diagnosis = DriverCrash.reported { OpenCLDiagnosis(catalog: catalog, runningKernels: true) }
    let report = Report(
      leptoscan: leptoscanBuild, processor: catalog.native.identity.name, threads: catalog.native.threads,
      instructionSets: NativeDevice.InstructionSet.available.map(\.description),
      openCLUsable: diagnosis.isUsable, openCL: diagnosis.findings.map { "\($0)" },
      kernelCache: ProgramCache.standard().state(), hdf5: ScanFile.libraryVersion)
    try printOutput(json ? JSON.text(report) : report.text)
  }

  struct Report: Encodable {
    var leptoscan: String
    var processor: String
    var threads: Int
    var instructionSets: [String]
    var openCLUsable: Bool
    var openCL: [String]
    var kernelCache: ProgramCacheState
    var hdf5: String

    enum CodingKeys: String, CodingKey {
      case leptoscan, processor, threads, hdf5
      case instructionSets = "instruction_sets"
      case openCLUsable = "opencl_usable"
      case openCL = "opencl"
      case kernelCache = "kernel_cache"
    }

    var text: String {
      var table = TextTable()
      table.add("leptoscan", leptoscan)
      table.add("processor", "\(processor), \(threads) threads")
      table.add("instruction sets", instructionSets.joined(separator: ", ") + " (the last one is used)")
      table.add("HDF5", hdf5)
      table.add("kernel cache", kernelCache.description)
      for (index, finding) in openCL.enumerated() { table.add(index == 0 ? "OpenCL" : "", finding) }
      return table.text
    }
  }
}
